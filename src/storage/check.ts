/** @file Checks the store: every pointer names what exists, every chunk is what its name says, every log is gapless. */

import type { Database } from './database';
import { projectHeads } from './projects';
import { reachOf } from './reach';
import { tombstonesOf } from './tombstones';
import { hashOfBytes, hashOfText, type Hash } from '../domain/pipeline/digest';

export type Fault =
  | { readonly kind: 'missingArtifact' | 'missingChunk' | 'alteredArtifact' | 'alteredChunk'; readonly hash: Hash }
  | { readonly kind: 'gapInLog'; readonly project: string; readonly sequence: number }
  | { readonly kind: 'badPointer'; readonly project: string; readonly at: number };

/**
 * @param depth `sample` re-hashes at most 50 chunks, `full` every one
 * @returns faults; empty when the store is sound
 */
export async function faultsIn(database: Database, depth: 'sample' | 'full' = 'sample'): Promise<Fault[]> {
  const faults: Fault[] = [];
  const heads = await projectHeads(database);
  for (const head of heads) {
    const events = await database.read((db) => db.getAll('events', IDBKeyRange.bound([head.id, 0], [head.id, Number.MAX_SAFE_INTEGER])));
    events.forEach((event, i) => {
      if (event.sequence !== i + 1) faults.push({ kind: 'gapInLog', project: head.id, sequence: i + 1 });
    });
    if (events.length !== head.sequence) faults.push({ kind: 'gapInLog', project: head.id, sequence: head.sequence });
    for (const at of [head.at, ...head.undo, ...head.redo]) if (at !== 0 && !events[at - 1]?.state) faults.push({ kind: 'badPointer', project: head.id, at });
  }
  const ids = heads.map((head) => head.id);
  const reach = await reachOf(database, ids);
  // What only the log's remarks name may have been pruned to make room; what states lead to may not.
  const needed = await reachOf(database, ids, true);
  const buried = new Set((await tombstonesOf(database)).map((stone) => stone.artifact));
  for (const hash of needed.gone) if (!buried.has(hash)) faults.push({ kind: 'missingArtifact', hash });
  for (const step of needed.steps.values()) if (!reach.artifacts.has(step.output) && !buried.has(step.output)) faults.push({ kind: 'missingArtifact', hash: step.output });
  for (const [id] of reach.artifacts) {
    const stored = await database.read((db) => db.get('manifests', id));
    if (stored && (await hashOfText(stored.text)) !== id) faults.push({ kind: 'alteredArtifact', hash: id });
  }
  const chunks = [...reach.chunks];
  const stride = depth === 'full' ? 1 : Math.max(1, Math.floor(chunks.length / 50));
  for (let i = 0; i < chunks.length; i++) {
    const hash = chunks[i]!;
    if (i % stride !== 0) {
      if ((await database.read((db) => db.count('chunks', hash))) === 0) faults.push({ kind: 'missingChunk', hash });
      continue;
    }
    const bytes = await database.read((db) => db.get('chunks', hash));
    if (bytes === undefined) faults.push({ kind: 'missingChunk', hash });
    else if ((await hashOfBytes(bytes)) !== hash) faults.push({ kind: 'alteredChunk', hash });
  }
  return faults;
}
