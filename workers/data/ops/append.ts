/** @file The rows of a second table added to a first: aligned by column name, converted where types differ, keyed as the first was. */

import type { PerformOp } from '../../steps/op';
import { keysAtImport } from './import';
import { groupOf, TableWriter, type TableArtifact } from '../../../src/storage/tables';
import { bytesOf } from '../../../src/storage/tables';
import { retyped } from '../../../src/domain/data/retype';
import { isNumericType, rowsPerGroup, type Column, type Table } from '../../../src/domain/data/table';
import { Refusal } from '../../../src/domain/refusal';

/** The second table's columns in the order and types of the first. A missing target is filled with missing values; any other missing column is refused. */
function aligned(group: Table, base: TableArtifact, optional: string | null): Table {
  return {
    rows: group.rows,
    columns: base.body.columns.map(({ name, type }): Column => {
      const found = group.columns.find((column) => column.name === name);
      if (found === undefined) {
        if (name !== optional) throw new Refusal('columnsDiffer', { column: name });
        return { name, type, values: isNumericType(type) ? { kind: 'numeric', values: new Float64Array(group.rows).fill(NaN) } : { kind: 'coded', codes: new Int32Array(group.rows).fill(-1), dictionary: [] } };
      }
      return found.type === type ? found : { ...retyped(found, type).column, name };
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
  const { keyedBy } = base.body;
  const target = keyedBy.by === 'features' ? keyedBy.excluded : null;
  const writer = new TableWriter(context.writer);
  const groups = base.body.groups.length + batch.body.groups.length;
  let done = 0;
  for (const group of base.body.groups.keys()) {
    // Row groups keep their bounds, so their chunks hash as before and are not stored again.
    await writer.group(await groupOf(context.database, base, group), await bytesOf(context.database, base, base.body.keys[group]!));
    context.progress({ phase: 'appending', done: ++done, of: groups, facts: {} });
    await context.breathe();
  }
  for (const group of batch.body.groups.keys()) {
    const whole = aligned(await groupOf(context.database, batch, group), base, target);
    for (let from = 0; from < whole.rows; from += rowsPerGroup) {
      const rows = part(whole, from, Math.min(whole.rows, from + rowsPerGroup));
      await writer.group(rows, keysAtImport(rows, target, keyedBy.by === 'group' ? keyedBy.column : null));
    }
    context.progress({ phase: 'appending', done: ++done, of: groups, facts: {} });
    await context.breathe();
  }
  await writer.settle();
  const quarantine = { count: base.body.quarantine.count, pieces: base.body.quarantine.pieces.map((piece) => writer.pieces.keep(base.chunks[piece]!)) };
  const output = await writer.finish({ keyedBy, quarantine, renamed: base.body.renamed }, base.body.columns);
  return { kind: 'made', output, measured: { rows: batch.body.rows } };
};
