/** @file Bytes become a table: parsed, typed, keyed and stored row group by row group. */

import type { PerformOp } from '../../steps/op';
import { importTable } from '../import/importTable';
import { groupKeys, rowKeys } from '../../../src/domain/data/rowKey';
import { originOf } from '../../../src/domain/data/tableOrigin';
import type { ImportOptions } from '../../../src/domain/data/import/importer';
import type { Table } from '../../../src/domain/data/table';
import type { TableBody } from '../../../src/domain/data/tableManifest';
import { Refusal } from '../../../src/domain/refusal';
import { TableWriter } from '../../../src/storage/tables';

export interface ImportParams {
  readonly options: ImportOptions;
  /** Left out of the row keys: correcting a label must not make another row of it. */
  readonly target: string | null;
  /** Keys are made from this column alone, so that its rows stay on one side of every split. */
  readonly group: string | null;
}

const columnIndex = (table: Table, name: string): number => {
  const index = table.columns.findIndex((column) => column.name === name);
  if (index < 0) throw new Refusal('unknownColumn', { column: name });
  return index;
};

/** Keys of a row group as they are made at import: 16 bytes a row. */
export function keysAtImport(table: Table, target: string | null, group: string | null): Uint8Array<ArrayBuffer> {
  const skip = target === null ? -1 : columnIndex(table, target);
  const keys = rowKeys(
    table,
    table.columns.map((_, i) => i).filter((i) => i !== skip),
  );
  return (group === null ? keys : groupKeys(table, columnIndex(table, group), keys)) as Uint8Array<ArrayBuffer>;
}

export const importSource: PerformOp = async (context) => {
  const { options, target, group } = context.params as unknown as ImportParams;
  const { file, name } = context.file('source');
  let writer = new TableWriter(context.writer);
  const summary = await importTable(
    file,
    name,
    options,
    {
      // The target may be told wrongly; that is found with the first group, before anything is kept.
      group: (table) => writer.group(table, keysAtImport(table, target, group)),
      restart: () => {
        writer = new TableWriter(context.writer);
        return Promise.resolve();
      },
    },
    { progress: (done, of, rows) => context.progress({ phase: 'reading', done, of, facts: { rows } }), stopped: () => context.stopped(), breathe: context.breathe },
  );
  await writer.settle();
  const text = JSON.stringify(summary.quarantined);
  const body: Pick<TableBody, 'keyedBy' | 'origin' | 'quarantine' | 'renamed'> = {
    keyedBy: group === null ? { by: 'features', excluded: target } : { by: 'group', column: group, excluded: target },
    origin: originOf(summary.columns),
    quarantine: {
      count: summary.quarantinedCount,
      pieces: summary.quarantinedCount === 0 ? [] : await writer.pieces.write(new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>),
    },
    renamed: summary.renamed.map(({ from, to, index }) => ({ from, to, index })),
  };
  const output = await writer.finish(body, summary.columns);
  return { kind: 'made', output, measured: { rows: summary.rows, replacedCharacters: summary.replacedCharacters, newBytes: context.writer.newBytes } };
};
