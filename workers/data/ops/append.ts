/** @file The rows of a second table added to a first: aligned by column name, converted where types differ, keyed as the first import was. */

import type { PerformOp } from '../../steps/op';
import { groupOf, TableWriter, type TableArtifact } from '../../../src/storage/tables';
import { rowsPerGroup, type Column, type Table } from '../../../src/domain/data/table';
import { columnAs, emptyColumn, keysByOrigin, lackingForKeys, matchedColumns, nameNow } from '../../../src/domain/data/tableOrigin';
import type { TableBody } from '../../../src/domain/data/tableManifest';
import { Refusal } from '../../../src/domain/refusal';

export interface AppendParams {
  /** The column that rows may come without, as it is called now: they are filled with missing values. The column that the import left out of the keys may lack too. */
  readonly target?: string | null;
}

/** The second table's columns in the order and types of the first. A missing target is filled with missing values; any other missing column is refused. */
function aligned(group: Table, base: TableBody, matched: Int32Array, optional: readonly (string | null)[]): Table {
  return {
    rows: group.rows,
    columns: base.columns.map((column): Column => {
      const found = matched[base.origin.columns.findIndex(({ now }) => now === column.name)] ?? -1;
      if (found >= 0) return columnAs(group.columns[found]!, column);
      if (!optional.includes(column.name)) throw new Refusal('columnsDiffer', { column: column.name });
      return emptyColumn(column, group.rows);
    }),
  };
}

/** Rows of a group from one position to another. */
function part(table: Table, from: number, to: number): Table {
  return {
    rows: to - from,
    columns: table.columns.map((column): Column => ({
      ...column,
      values: column.values.kind === 'numeric' ? { kind: 'numeric', values: column.values.values.slice(from, to) } : { ...column.values, codes: column.values.codes.slice(from, to) },
    })),
  };
}

export const append: PerformOp = async (context) => {
  const base: TableArtifact = context.input('table');
  const batch: TableArtifact = context.input('batch');
  const { target = null } = context.params as AppendParams;
  const { keyedBy, origin } = base.body;
  const optional = [target, nameNow(origin, keyedBy.excluded)];
  const matched = matchedColumns(
    origin,
    batch.body.columns.map((column) => column.name),
  );
  const writer = new TableWriter(context.writer);
  writer.kept(base);
  for (const group of batch.body.groups.keys()) {
    const read = await groupOf(context.database, batch, group);
    for (let from = 0; from < read.rows; from += rowsPerGroup) {
      const rows = part(read, from, Math.min(read.rows, from + rowsPerGroup));
      await writer.group(aligned(rows, base.body, matched, optional), keysByOrigin(rows, base.body, matched) as Uint8Array<ArrayBuffer>);
    }
    context.progress({ phase: 'appending', done: group + 1, of: batch.body.groups.length, facts: {} });
    await context.breathe();
  }
  await writer.settle();
  const quarantine = { count: base.body.quarantine.count, pieces: base.body.quarantine.pieces.map((piece) => writer.pieces.keep(base.chunks[piece]!)) };
  const output = await writer.finish({ keyedBy, origin, quarantine, renamed: base.body.renamed }, base.body.columns);
  return { kind: 'made', output, measured: { rows: batch.body.rows, lackingForKeys: lackingForKeys(base.body, matched) } };
};
