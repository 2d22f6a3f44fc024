/**
 * @file Collection: what no project leads to is removed. Never while a job writes, since a job's chunks are named by nothing until it ends.
 * What a project buried goes too, once no other project leads to it; a removal is verified by a scan.
 */

import { atomically, each, type Database, type Pen } from './database';
import { projectHeads } from './projects';
import { livingReach, type Reach } from './reach';
import { noteRemoved, tombstonesOf, tombstonesWithin, type Tombstone } from './tombstones';
import { manifestOf } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import type { ProjectHead } from '../domain/pipeline/project';

export interface Collected {
  readonly chunks: number;
  /** Of the chunks that an artifact named; those of a job that broke off are not weighed. */
  readonly bytes: number;
  readonly artifacts: number;
  readonly steps: number;
}

const jobsLock = (database: string): string => `${database}:jobs`;

/** Whether a job writes in any tab, so that a collection would have to wait. */
export async function jobsRunning(database: Database): Promise<boolean> {
  if (typeof navigator === 'undefined' || navigator.locks === undefined) return false;
  return navigator.locks.request(jobsLock(database.name), { ifAvailable: true }, (lock) => Promise.resolve(lock === null));
}

/** Holds the collector off while `work` goes on. Jobs share it with one another. */
export async function whileCollectorWaits<T>(database: string, work: () => Promise<T>): Promise<T> {
  // Node has no locks, and no second context to be held off.
  if (typeof navigator === 'undefined' || navigator.locks === undefined) return work();
  return navigator.locks.request(jobsLock(database), { mode: 'shared' }, work) as Promise<T>;
}

/**
 * Removes what nothing needs. Resolves with undefined, having done nothing, while a job writes.
 * @param frugal also remove what can be computed again; for when room is short
 */
export async function collect(database: Database, frugal = false): Promise<Collected | undefined> {
  if (typeof navigator === 'undefined' || navigator.locks === undefined) return sweep(database, frugal);
  return navigator.locks.request(jobsLock(database.name), { ifAvailable: true }, async (lock) => (lock === null ? undefined : sweep(database, frugal))) as Promise<Collected | undefined>;
}

async function sweep(database: Database, frugal: boolean): Promise<Collected> {
  for (;;) {
    const heads = await projectHeads(database);
    const stones = await tombstonesOf(database);
    const reach = await livingReach(
      database,
      heads.map((head) => head.id),
      frugal,
    );
    const swept = await sweptBy(database, reach, heads, stones);
    if (swept !== undefined) return swept;
  }
}

const standOf = (heads: readonly ProjectHead[], stones: readonly Tombstone[]): string =>
  JSON.stringify([heads.map(({ id, sequence }) => [id, sequence]), stones.map(({ project, artifact }) => [project, artifact])]);

/** Undefined, and nothing removed, when a project moved since its reach was found: the move may name what nothing named before. */
async function sweptBy(database: Database, reach: Reach, heads: readonly ProjectHead[], stones: readonly Tombstone[]): Promise<Collected | undefined> {
  return atomically(database, ['projects', 'chunks', 'manifests', 'steps', 'checkpoints', 'meta'], null, 'strict', async (tx) => {
    if (standOf(await tx.objectStore('projects').getAll(), await tombstonesWithin(tx)) !== standOf(heads, stones)) return undefined;
    const swept = async (name: 'chunks' | 'manifests' | 'steps', keep: (key: Hash) => boolean): Promise<Hash[]> => {
      const gone = ((await tx.objectStore(name).getAllKeys()) as Hash[]).filter((key) => !keep(key));
      await each(gone, (key) => tx.objectStore(name).delete(key));
      return gone;
    };
    const checkpoints = await tx.objectStore('checkpoints').getAll();
    // A checkpoint holds weights: it goes with the data that they were learnt from.
    await each(
      checkpoints.filter(({ from = [] }) => !from.every((id) => reach.artifacts.has(id))),
      ({ step, slot }) => tx.objectStore('checkpoints').delete([step, slot]),
    );
    const sizes = new Map<Hash, number>();
    for (const key of await tx.objectStore('manifests').getAllKeys()) {
      if (reach.artifacts.has(key)) continue;
      for (const { hash, bytes } of manifestOf((await tx.objectStore('manifests').get(key))!.text).chunks) sizes.set(hash, bytes);
    }
    const chunks = await swept('chunks', (hash) => reach.chunks.has(hash));
    return {
      chunks: chunks.length,
      bytes: chunks.reduce((sum, hash) => sum + (sizes.get(hash) ?? 0), 0),
      artifacts: (await swept('manifests', (id) => reach.artifacts.has(id))).length,
      steps: (await swept('steps', (key) => reach.steps.has(key))).length,
    };
  });
}

/** Removes a project's head and log, and writes down that there was one. What only it needed goes with the next collection. */
export async function removeProject(database: Database, pen: Pen, now: number): Promise<void> {
  await atomically(database, ['projects', 'events', 'meta'], pen, 'strict', async (tx) => {
    await tx.objectStore('projects').delete(pen.project);
    await tx.objectStore('events').delete(IDBKeyRange.bound([pen.project, 0], [pen.project, Number.MAX_SAFE_INTEGER]));
    await noteRemoved(tx, pen.project, now);
  });
}

/** Of these artifacts and chunks, those that are still there: empty after a removal for good. */
export async function remains(database: Database, artifacts: readonly Hash[], chunks: readonly Hash[]): Promise<Hash[]> {
  return database.read(async (db) => {
    const tx = db.transaction(['manifests', 'chunks']);
    const found = await Promise.all([
      ...artifacts.map(async (id) => ((await tx.objectStore('manifests').count(id)) > 0 ? id : undefined)),
      ...chunks.map(async (hash) => ((await tx.objectStore('chunks').count(hash)) > 0 ? hash : undefined)),
    ]);
    return found.filter((hash) => hash !== undefined);
  });
}
