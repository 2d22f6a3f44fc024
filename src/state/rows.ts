/** @file Rows of a table for a grid, the rows held back at its import, and the whole of it as a file. Read in a worker; the page sees texts. */

import { browse, csvOf, endBrowsing } from '../jobs/browsing';
import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import type { QuarantinedRow } from '../domain/data/import/importer';
import { columnNamed } from '../domain/data/table';
import type { TableBody } from '../domain/data/tableManifest';
import type { Hash } from '../domain/pipeline/digest';
import type { Condition } from '../domain/scoping/criterion';

/** A row as a grid shows it. The browsing worker promises the same shape. */
export interface GridRow {
  /** Position in the table, from 0. */
  readonly row: number;
  /** 32 hexadecimal digits. */
  readonly key: string;
  /** Text of each cell; null where missing. */
  readonly cells: readonly (string | null)[];
}

/** Which rows of a table to show: all, those of a slice, or these very ones, in this order. */
export type RowChoice =
  | { readonly kind: 'all' }
  | { readonly kind: 'slice'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'rows'; readonly rows: readonly number[] };

type Reads = Pick<OpenProject, 'database' | 'artifact'>;

/** What a comlink call loses is the class of the error; so that a slice on an unknown column is told in words, it is looked for first. */
async function checkChoice(project: Reads, table: Hash, choice: RowChoice): Promise<void> {
  if (choice.kind !== 'slice') return;
  const { body } = await project.artifact<TableBody>(table);
  const unknown = choice.conditions.find(({ column }) => columnNamed(body.columns, column) === undefined);
  if (unknown) throw new Problem({ code: 'unknownColumn', details: { column: unknown.column } });
}

/**
 * The rows from place `start` of the choice on, at most `count` of them, in the table's order (or in the order given).
 * @throws Problem unknownColumn {column}
 */
export async function rowsOf(project: Reads, table: Hash, choice: RowChoice, start: number, count: number): Promise<readonly GridRow[]> {
  await checkChoice(project, table, choice);
  return browse((api) => api.rows(project.database.name, table, choice, start, count));
}

/** How many rows the choice holds. @throws Problem unknownColumn {column} */
export async function countOf(project: Reads, table: Hash, choice: RowChoice): Promise<number> {
  await checkChoice(project, table, choice);
  return browse((api) => api.count(project.database.name, table, choice));
}

/** The keys of the rows that a choice holds, 32 hexadecimal digits each. @throws Problem unknownColumn {column} */
export async function keysOfRows(project: Reads, table: Hash, choice: RowChoice): Promise<readonly string[]> {
  await checkChoice(project, table, choice);
  return browse((api) => api.keysOf(project.database.name, table, choice));
}

/** Of these keys, those that a table, or the settled rows of a split, has, with how often. */
export const keysIn = (project: Pick<OpenProject, 'database'>, artifact: Hash, keys: readonly string[]): Promise<ReadonlyMap<string, number>> =>
  browse((api) => api.keysIn(project.database.name, artifact, keys));

/** The rows held back at the import, at most 5,000 of them; the manifest counts all. */
export async function quarantineOf(project: Reads, table: Hash): Promise<readonly QuarantinedRow[]> {
  // comlink's Remote spreads the type Json into a union of promises; the worker gives back the list that the import kept.
  const rows: unknown = await browse<unknown>((api) => api.quarantine(project.database.name, table) as Promise<unknown>);
  return rows as readonly QuarantinedRow[];
}

/** Hands a file to the browser to keep where the user says. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Saves a table as CSV, with its key column `row_key` in front. */
export async function saveCsv(project: Reads, table: Hash, name: string): Promise<void> {
  const pieces: Blob[] = [];
  // Each piece becomes a Blob at once, so that the browser and not the page holds it.
  await csvOf(project.database.name, table, (text) => void pieces.push(new Blob([text])));
  saveBlob(new Blob(pieces, { type: 'text/csv' }), name);
}

/** Puts the worker away: no grid is on screen. */
export const leaveRows = (): void => endBrowsing();
