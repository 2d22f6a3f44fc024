/** @file Rows that were held back at the import, corrected and added: keyed as they would have been then, and held back no more. */

import type { PerformOp } from '../../steps/op';
import { jsonOf, missingIn, PieceWriter, type TableArtifact } from '../../../src/storage/tables';
import { columnChunk } from '../../../src/domain/data/columnChunk';
import { corrected, withoutMisfit, type CorrectParams } from '../../../src/domain/data/corrections';
import type { QuarantinedRow } from '../../../src/domain/data/import/importer';
import type { Pieces, TableBody } from '../../../src/domain/data/tableManifest';
import { keysByOrigin } from '../../../src/domain/data/tableOrigin';
import { Refusal } from '../../../src/domain/refusal';

export const correct: PerformOp = async (context) => {
  const params = context.params as unknown as CorrectParams;
  const table: TableArtifact = context.input('table');
  const { body } = table;
  context.progress({ phase: 'editing', done: 0, of: null, facts: {} });
  const held = ((await jsonOf(context.database, table, body.quarantine.pieces)) ?? []) as unknown as readonly QuarantinedRow[];
  const typed = 'rows' in params;
  const asked = typed ? params.rows : withoutMisfit(held, params.without, params.options, table.body);
  const heldLines = new Set(held.map(({ line }) => line));
  const seen = new Set<number>();
  const unknown = asked.find(({ line }) => !heldLines.has(line) || seen.size === seen.add(line).size);
  if (unknown !== undefined) throw new Refusal('notHeldBack', { line: unknown.line });

  const { rows, made, inHand: added } = corrected(asked, typed ? params.reading : params.options, typed, body.origin, body.columns);
  if (rows.length === 0) throw new Refusal('correctionLeavesAll', { rows: asked.length });
  const lines = new Set(rows.map(({ line }) => line));
  const keys = keysByOrigin(
    made,
    body,
    Int32Array.from(body.origin.columns, (_, at) => at),
  ) as Uint8Array<ArrayBuffer>;
  const left = held.filter(({ line }) => !lines.has(line));

  const pieces = new PieceWriter(context.writer);
  const keep = (old: Pieces): Pieces => old.map((piece) => pieces.keep(table.chunks[piece]!));
  const cells: Pieces[][] = [];
  for (const [at, column] of added.columns.entries()) cells.push([...body.cells[at]!.map(keep), await pieces.write(columnChunk(column.values))]);
  const output: TableBody = {
    ...body,
    rows: body.rows + added.rows,
    columns: body.columns.map((column, at) => ({ ...column, missing: column.missing + missingIn(added.columns[at]!.values) })),
    groups: [...body.groups, added.rows],
    cells,
    keys: [...body.keys.map(keep), await pieces.write(keys)],
    quarantine: {
      count: body.quarantine.count - rows.length,
      pieces: body.quarantine.count === rows.length ? [] : await pieces.write(new TextEncoder().encode(JSON.stringify(left)) as Uint8Array<ArrayBuffer>),
    },
  };
  await pieces.flush();
  return { kind: 'made', output: { kind: 'table', schema: 1, body: output, chunks: pieces.chunks }, measured: { rows: added.rows, left: asked.length - added.rows } };
};
