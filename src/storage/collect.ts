/**
 * @file Collection: what no project leads to is removed. Never while a job writes, since a job's chunks are named by nothing until it ends.
 * Also the one thing that destroys on purpose: removal for good, which leaves a tombstone and is verified by a scan.
 */

import { atomically, each, type Database } from './database';
import { projectHeads } from './projects';
import { reachOf, type Reach } from './reach';
import type { Hash } from '../domain/pipeline/digest';
import type { ProjectHead, ProjectId } from '../domain/pipeline/project';

export interface Collected {
  readonly chunks: number;
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
    const reach = await reachOf(
      database,
      heads.map((head) => head.id),
      frugal,
    );
    const swept = await sweptBy(database, reach, heads);
    if (swept !== undefined) return swept;
  }
}

const standOf = (heads: readonly ProjectHead[]): string => JSON.stringify(heads.map(({ id, sequence }) => [id, sequence]));

/** Undefined, and nothing removed, when a project moved since its reach was found: the move may name what nothing named before. */
async function sweptBy(database: Database, reach: Reach, heads: readonly ProjectHead[]): Promise<Collected | undefined> {
  const doomed = await tombstones(database);
  return atomically(database, ['projects', 'chunks', 'manifests', 'steps', 'checkpoints'], null, 'strict', async (tx) => {
    if (standOf(await tx.objectStore('projects').getAll()) !== standOf(heads)) return undefined;
    const there = (id: Hash): boolean => reach.artifacts.has(id) && !doomed.has(id);
    const kept = new Set<Hash>();
    for (const [id, manifest] of reach.artifacts) if (!doomed.has(id)) manifest.chunks.forEach((chunk) => kept.add(chunk.hash));
    const sweepStore = async (name: 'chunks' | 'manifests' | 'steps', keep: (key: Hash) => boolean): Promise<number> => {
      const store = tx.objectStore(name);
      const keys = (await store.getAllKeys()) as Hash[];
      const gone = keys.filter((key) => !keep(key));
      await each(gone, (key) => store.delete(key));
      return gone.length;
    };
    const checkpoints = await tx.objectStore('checkpoints').getAll();
    // A checkpoint holds weights: it goes with the data that they were learnt from.
    await each(
      checkpoints.filter(({ from = [] }) => !from.every(there)),
      ({ step, slot }) => tx.objectStore('checkpoints').delete([step, slot]),
    );
    return {
      chunks: await sweepStore('chunks', (hash) => kept.has(hash)),
      artifacts: await sweepStore('manifests', there),
      steps: await sweepStore('steps', (key) => reach.steps.has(key)),
    };
  });
}

/** What stands in the lineage where an artifact was removed for good. */
export interface Tombstone {
  readonly artifact: Hash;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly what: 'version' | 'rows' | 'project';
}

const graves = 'tombstones';

export async function tombstonesOf(database: Database): Promise<readonly Tombstone[]> {
  return ((await database.read((db) => db.get('meta', graves))) as readonly Tombstone[] | undefined) ?? [];
}

const tombstones = async (database: Database): Promise<Set<Hash>> => new Set((await tombstonesOf(database)).map((stone) => stone.artifact));

/** Marks artifacts as removed for good. Their bytes go with the next collection. */
export async function bury(database: Database, artifacts: readonly Hash[], what: Tombstone['what'], now: number): Promise<void> {
  await atomically(database, ['meta'], null, 'strict', async (tx) => {
    const store = tx.objectStore('meta');
    const known = ((await store.get(graves)) as readonly Tombstone[] | undefined) ?? [];
    const named = new Set(known.map((stone) => stone.artifact));
    await store.put([...known, ...artifacts.filter((id) => !named.has(id)).map((artifact): Tombstone => ({ artifact, at: now, what }))], graves);
  });
}

/** Removes a project's head and log. What only it needed goes with the next collection. */
export async function removeProject(database: Database, id: ProjectId): Promise<void> {
  await atomically(database, ['projects', 'events'], null, 'strict', async (tx) => {
    await tx.objectStore('projects').delete(id);
    await tx.objectStore('events').delete(IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]));
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
