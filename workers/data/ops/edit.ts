/** @file A table after edits. Only what an edit touches is written anew: one changed column of a million rows stores about one column. */

import type { PerformOp } from '../../steps/op';
import { bytesOf, columnOf, groupOf, missingIn, PieceWriter, type TableArtifact } from '../../../src/storage/tables';
import type { ChunkWriter } from '../../../src/storage/artifacts';
import type { Database } from '../../../src/storage/database';
import { artifactId, type Manifest } from '../../../src/domain/pipeline/artifact';
import { columnChunk } from '../../../src/domain/data/columnChunk';
import { editedSchema, touchedBy, type Edit } from '../../../src/domain/data/edit';
import { applyEdit, editContext, emptyReport, joinedReports, stayingRows, type EditReport } from '../../../src/domain/data/editedGroup';
import type { Column } from '../../../src/domain/data/table';
import type { Pieces, TableBody } from '../../../src/domain/data/tableManifest';
import { emptyColumn, originAfter } from '../../../src/domain/data/tableOrigin';
import { Refusal } from '../../../src/domain/refusal';

/** The column that an edit needs beyond the groups it changes: whole, to know the median or the commonest value; a value that is given needs its type alone. */
async function contextColumn(database: Database, table: TableArtifact, edit: Edit): Promise<Column | undefined> {
  if (edit.op !== 'fillMissing') return undefined;
  const index = table.body.columns.findIndex((column) => column.name === edit.column);
  if (index < 0) return undefined;
  return typeof edit.with === 'object' ? emptyColumn(table.body.columns[index]!, 0) : columnOf(database, table, index);
}

/** Whether a row group surely stays as it is, told from its place and its keys before any column is read. */
function staysAsItIs(edit: Edit, firstRow: number, rows: number, keys: Uint8Array): boolean {
  if (edit.op === 'setCell') return edit.row !== undefined && (edit.row < firstRow || edit.row >= firstRow + rows);
  return edit.op === 'deleteRows' && stayingRows(edit, { rows, columns: [] }, keys).length === rows;
}

/** Whether an edit finds its rows by their keys, or takes rows away with their keys. */
const asksKeys = (edit: Edit): boolean => edit.op === 'setCell' || edit.op === 'filterRows' || edit.op === 'deleteRows';

async function edited(database: Database, writer: ChunkWriter, table: TableArtifact, edit: Edit): Promise<{ manifest: Manifest<TableBody>; report: EditReport }> {
  const schema = table.body.columns.map(({ name, type }) => ({ name, type }));
  const next = editedSchema(edit, schema);
  const touched = touchedBy(edit, schema);
  const pieces = new PieceWriter(writer);
  const keep = (old: Pieces): Pieces => old.map((piece) => pieces.keep(table.chunks[piece]!));
  let report = emptyReport;

  if (touched.kind === 'schema') {
    // Names and types alone: every chunk stays. A dropped column's chunks are simply no longer named.
    const from = next.map((column) => schema.findIndex((old) => old.name === (edit.op === 'renameColumn' && column.name === edit.to ? edit.from : column.name)));
    const body: TableBody = {
      ...table.body,
      origin: originAfter(table.body.origin, edit),
      columns: next.map((column, i) => ({ name: column.name, type: column.type, missing: table.body.columns[from[i]!]!.missing })),
      cells: from.map((index) => table.body.cells[index]!.map(keep)),
      keys: table.body.keys.map(keep),
      quarantine: { ...table.body.quarantine, pieces: keep(table.body.quarantine.pieces) },
    };
    return { manifest: { kind: 'table', schema: 1, body, chunks: pieces.chunks }, report };
  }

  const context = editContext(edit, await contextColumn(database, table, edit));
  const wanted = touched.kind === 'columns' ? touched.columns.map((name) => schema.findIndex((column) => column.name === name)) : schema.map((_, i) => i);
  const cells: Pieces[][] = table.body.cells.map(() => []);
  const keys: Pieces[] = [];
  const groups: number[] = [];
  const missing = table.body.columns.map((column) => column.missing);
  let firstRow = 0;
  for (const [group, groupRows] of table.body.groups.entries()) {
    const rowKeys = asksKeys(edit) ? await bytesOf(database, table, table.body.keys[group]!) : new Uint8Array(0);
    const before = staysAsItIs(edit, firstRow, groupRows, rowKeys) ? undefined : await groupOf(database, table, group, wanted);
    const after = before && applyEdit(edit, before, rowKeys, { ...context, firstRow });
    firstRow += groupRows;
    if (after) report = joinedReports(report, after.report);
    const rows = after?.table.rows ?? groupRows;
    if (rows === 0) {
      for (const [at, index] of wanted.entries()) missing[index]! -= missingIn(before!.columns[at]!.values);
      continue;
    }
    groups.push(rows);
    keys.push(after && after.keys !== rowKeys ? await pieces.write(after.keys as Uint8Array<ArrayBuffer>) : keep(table.body.keys[group]!));
    for (const index of schema.keys()) {
      const at = wanted.indexOf(index);
      if (at < 0 || !after) {
        cells[index]!.push(keep(table.body.cells[index]![group]!));
        continue;
      }
      const { values } = after.table.columns[at]!;
      cells[index]!.push(await pieces.write(columnChunk(values)));
      missing[index]! += missingIn(values) - missingIn(before!.columns[at]!.values);
    }
  }
  const rows = groups.reduce((sum, count) => sum + count, 0);
  if (rows === 0) throw new Refusal('editLeavesNoRows', { rows: table.body.rows });
  await pieces.flush();
  const body: TableBody = {
    ...table.body,
    rows,
    columns: next.map((column, i) => ({ name: column.name, type: column.type, missing: missing[i]! })),
    groups,
    cells,
    keys,
    quarantine: { ...table.body.quarantine, pieces: keep(table.body.quarantine.pieces) },
  };
  return { manifest: { kind: 'table', schema: 1, body, chunks: pieces.chunks }, report };
}

export const edit: PerformOp = async (context) => {
  const { edits } = context.params as unknown as { readonly edits: readonly Edit[] };
  let table: TableArtifact = context.input('table');
  let report = emptyReport;
  for (const [done, one] of edits.entries()) {
    context.progress({ phase: 'editing', done, of: edits.length, facts: {} });
    const made = await edited(context.database, context.writer, table, one);
    report = joinedReports(report, made.report);
    await context.writer.flush();
    table = { id: await artifactId(made.manifest), ...made.manifest };
    await context.breathe();
  }
  const { id: _id, ...output } = table;
  return { kind: 'made', output, measured: { cells: report.cells, rows: report.rows, unconverted: report.unconverted, examples: report.examples } };
};
