/** @file What changed between two versions of a table. */

import type { PerformOp } from '../../steps/op';
import { keysOf, wholeTable, type TableArtifact } from '../../../src/storage/tables';
import { versionDiff } from '../../../src/domain/data/versionDiff';

export const diff: PerformOp = async (context) => {
  context.progress({ phase: 'comparing', done: 0, of: null, facts: {} });
  const read = async (name: string): Promise<Parameters<typeof versionDiff>[0]> => {
    const artifact: TableArtifact = context.input(name);
    return { table: await wholeTable(context.database, artifact), keys: await keysOf(context.database, artifact) };
  };
  const body = versionDiff(await read('before'), await read('after'));
  return { kind: 'made', output: { kind: 'diff', schema: 1, body, chunks: [] } };
};
