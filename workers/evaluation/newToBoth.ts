/** @file Of some rows of a table those that neither of two runs was trained on. */

import { partsOf, positionsOf } from '../steps/examples';
import type { OpContext } from '../steps/op';
import { keysOf, type TableArtifact } from '../../src/storage/tables';
import type { SplitBody } from '../../src/domain/data/splitManifest';
import type { Hash } from '../../src/domain/pipeline/digest';
import { haveLikeKeys } from '../../src/domain/data/tableOrigin';
import { fewestUnseen, unseenRows } from '../../src/domain/data/unseenRows';
import { Refusal } from '../../src/domain/refusal';

/**
 * Reads the inputs `candidateTable`, `candidateSplit`, `baselineTable` and `baselineSplit`: what the two runs learnt from.
 * @throws Refusal keysNotAlike: rows of the tables cannot be told apart in one way; tooFewUnseenRows {rows, needed}
 */
export async function newToBoth(context: OpContext, table: TableArtifact, positions: Uint32Array): Promise<Uint32Array<ArrayBuffer>> {
  // Often two or all three of the tables are one.
  const known = new Map<Hash, Uint8Array<ArrayBuffer>>();
  const keysIn = async (one: TableArtifact): Promise<Uint8Array<ArrayBuffer>> => {
    const keys = known.get(one.id) ?? (await keysOf(context.database, one));
    known.set(one.id, keys);
    return keys;
  };
  const seen = [];
  for (const run of ['candidate', 'baseline'] as const) {
    const learnt: TableArtifact = context.input(`${run}Table`);
    if (!haveLikeKeys(table.body, learnt.body)) throw new Refusal('keysNotAlike');
    const parts = await partsOf(context.database, context.input<SplitBody>(`${run}Split`));
    seen.push({ keys: await keysIn(learnt), positions: positionsOf(parts, [0]) });
  }
  const left = unseenRows({ keys: await keysIn(table), positions }, seen);
  if (left.length < fewestUnseen) throw new Refusal('tooFewUnseenRows', { rows: left.length, needed: fewestUnseen });
  return left;
}
