/** @file What changed between two versions of a table. What both store in the same chunks did not, and is not read. */

import type { PerformOp } from '../../steps/op';
import { columnOf, keysOf, type TableArtifact } from '../../../src/storage/tables';
import type { Column } from '../../../src/domain/data/table';
import type { Pieces } from '../../../src/domain/data/tableManifest';
import { emptyColumn } from '../../../src/domain/data/tableOrigin';
import { versionDiff, type Version } from '../../../src/domain/data/versionDiff';

/** The chunks of one thing in all row groups, as a text that is equal where they are. */
const chunksOf = (table: TableArtifact, groups: readonly Pieces[]): string => groups.map((pieces) => pieces.map((piece) => table.chunks[piece]!.hash).join('+')).join();

/** Columns of both versions that are stored in the same chunks: of tables with the same rows in the same order their cells are equal. */
function sameColumns(before: TableArtifact, after: TableArtifact): Set<string> {
  if (chunksOf(before, before.body.keys) !== chunksOf(after, after.body.keys)) return new Set();
  const known = new Map(before.body.columns.map(({ name }, index) => [name, chunksOf(before, before.body.cells[index]!)]));
  return new Set(after.body.columns.flatMap(({ name }, index) => (known.get(name) === chunksOf(after, after.body.cells[index]!) ? [name] : [])));
}

export const diff: PerformOp = async (context) => {
  context.progress({ phase: 'comparing', done: 0, of: null, facts: {} });
  const [before, after]: [TableArtifact, TableArtifact] = [context.input('before'), context.input('after')];
  const same = sameColumns(before, after);
  const read = async (artifact: TableArtifact): Promise<Version> => {
    const columns: Column[] = [];
    for (const [index, column] of artifact.body.columns.entries()) columns.push(same.has(column.name) ? emptyColumn(column, 0) : await columnOf(context.database, artifact, index));
    return { table: { rows: artifact.body.rows, columns }, keys: await keysOf(context.database, artifact) };
  };
  const body = versionDiff(await read(before), await read(after), same);
  return { kind: 'made', output: { kind: 'diff', schema: 1, body, chunks: [] } };
};
