/** @file For the tests of the importers: imports text or bytes into a sink that remembers, and checks the promises of every sink. */

import { expect } from 'vitest';
import type { ImportOptions, ImportSummary } from '../../../../../src/domain/data/import/importer';
import { lengthOf, rowsPerGroup, textAt, type Table } from '../../../../../src/domain/data/table';
import { Refusal } from '../../../../../src/domain/refusal';
import { detectOptions } from '../../../../../workers/data/import/detectOptions';
import { importTable } from '../../../../../workers/data/import/importTable';

export type Value = string | number | null;

export interface Imported {
  readonly summary: ImportSummary;
  readonly groups: readonly { readonly table: Table; readonly lines: Uint32Array }[];
  readonly restarts: number;
  readonly rows: readonly (readonly Value[])[];
  readonly lines: readonly number[];
  readonly types: readonly string[];
  readonly options: ImportOptions;
}

export async function imported(content: BlobPart | Blob, change: Partial<ImportOptions> = {}, name = 'data.csv'): Promise<Imported> {
  const source = content instanceof Blob ? content : new Blob([content]);
  const options = change.format === undefined || change.delimiter === undefined ? { ...(await detectOptions(source, name)), ...change } : (change as ImportOptions);
  let groups: { table: Table; lines: Uint32Array }[] = [];
  let restarts = 0;
  const sink = {
    group: async (table: Table, lines: Uint32Array<ArrayBuffer>) => void groups.push({ table, lines }),
    restart: async () => {
      groups = [];
      restarts += 1;
    },
  };
  const summary = await importTable(source, name, options, sink, { progress: () => undefined, stopped: () => false, breathe: async () => undefined });
  groups.forEach(({ table, lines }, at) => {
    if (at < groups.length - 1) expect(table.rows).toBe(rowsPerGroup);
    expect(lines.length).toBe(table.rows);
    expect(table.columns.map((column) => column.name)).toEqual(summary.columns.map((column) => column.name));
    for (const { values } of table.columns) {
      expect(lengthOf(values)).toBe(table.rows);
      if (values.kind === 'coded') expect(new Set(values.dictionary).size).toBe(values.dictionary.length);
    }
  });
  expect(groups.reduce((sum, { table }) => sum + table.rows, 0)).toBe(summary.rows);
  const rows = groups.flatMap(({ table }) =>
    Array.from({ length: table.rows }, (_, row) =>
      table.columns.map(({ values }): Value => {
        if (values.kind === 'coded') return textAt(values, row) ?? null;
        const value = values.values[row]!;
        return Number.isNaN(value) ? null : value;
      }),
    ),
  );
  return { summary, groups, restarts, rows, lines: groups.flatMap(({ lines }) => [...lines]), types: summary.columns.map(({ type }) => type), options };
}

/** The code and details of the refusal that an import ends in. Anything else that is thrown fails the test. */
export async function refusal(content: BlobPart | Blob, change: Partial<ImportOptions> = {}, name = 'data.csv'): Promise<{ code: string; details: object }> {
  try {
    await imported(content, change, name);
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error('nothing was refused');
}
