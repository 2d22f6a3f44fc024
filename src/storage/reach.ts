/** @file What is still needed: everything that a project's log, states and lineage lead to. The collector keeps it, a backup holds it. */

import type { Database } from './database';
import { tombstonesOf } from './tombstones';
import { manifestOf, type Manifest } from '../domain/pipeline/artifact';
import { isHash, type Hash } from '../domain/pipeline/digest';
import type { ProjectEvent, ProjectId, ProjectState } from '../domain/pipeline/project';
import type { StepRecord } from '../domain/pipeline/step';

export interface Reach {
  readonly artifacts: ReadonlyMap<Hash, Manifest>;
  readonly steps: ReadonlyMap<Hash, StepRecord>;
  readonly chunks: ReadonlySet<Hash>;
  /** Named somewhere, but not there: removed for good, or lost. */
  readonly gone: ReadonlySet<Hash>;
}

/** Every hash that a JSON value spells. */
export function hashesIn(value: unknown, into = new Set<Hash>()): Set<Hash> {
  if (typeof value === 'string') {
    if (isHash(value)) into.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) hashesIn(item, into);
  } else if (value !== null && typeof value === 'object') {
    for (const item of Object.values(value)) hashesIn(item, into);
  }
  return into;
}

/**
 * What the logs of these projects lead to.
 * @param frugal only what states name and its lineage; leaves out what can be computed again (profiles, comparisons, diffs)
 */
export async function reachOf(database: Database, projects: readonly ProjectId[], frugal = false): Promise<Reach> {
  const events: ProjectEvent[] = [];
  for (const project of projects) events.push(...(await database.read((db) => db.getAll('events', IDBKeyRange.bound([project, 0], [project, Number.MAX_SAFE_INTEGER])))));
  const waiting = [...new Set(events.flatMap((event) => [...hashesIn(event.state), ...(frugal ? [] : hashesIn(event.detail))]))];
  const artifacts = new Map<Hash, Manifest>();
  const steps = new Map<Hash, StepRecord>();
  const chunks = new Set<Hash>();
  const gone = new Set<Hash>();
  const seen = new Set<Hash>(waiting);
  const want = (hash: Hash): void => {
    if (!seen.has(hash)) {
      seen.add(hash);
      waiting.push(hash);
    }
  };
  while (waiting.length > 0) {
    const batch = waiting.splice(0, 200);
    const found = await database.read(async (db) => {
      const tx = db.transaction(['manifests', 'steps']);
      return Promise.all(
        batch.map(async (hash) => ({
          hash,
          manifest: await tx.objectStore('manifests').get(hash),
          step: await tx.objectStore('steps').get(hash),
          makers: await tx.objectStore('steps').index('byOutput').getAll(hash),
        })),
      );
    });
    for (const { hash, manifest, step, makers } of found) {
      if (manifest !== undefined) {
        const read = manifestOf(manifest.text);
        artifacts.set(hash, read);
        for (const chunk of read.chunks) chunks.add(chunk.hash);
      }
      for (const { from, ...record } of [...(step ? [step] : []), ...makers]) {
        steps.set(record.key, record);
        want(record.output);
        from.forEach(want);
      }
      if (manifest === undefined && step === undefined && makers.length === 0) gone.add(hash);
    }
  }
  return { artifacts, steps, chunks, gone };
}

/**
 * What a state holds: everything that it names and works with. The table and the split that a run learnt from are where it came from, and
 * may be gone: the run keeps its model and its figures.
 */
export const holdings = (state: ProjectState): Set<Hash> => hashesIn({ ...state, runs: state.runs.map(({ table: _table, split: _split, ...rest }) => rest) });

/** What a project removed for good and did not take up again: buried, and held by no state that it is in or can go back or forth to. */
export async function buriedBy(database: Database, project: ProjectId): Promise<ReadonlySet<Hash>> {
  const buried = new Set((await tombstonesOf(database, project)).map((stone) => stone.artifact));
  if (buried.size === 0) return buried;
  const states = await database.read(async (db) => {
    const tx = db.transaction(['projects', 'events']);
    const head = await tx.objectStore('projects').get(project);
    return head === undefined ? [] : Promise.all([head.at, ...head.undo, ...head.redo].map((at) => tx.objectStore('events').get([project, at])));
  });
  for (const event of states) if (event?.state) for (const hash of holdings(event.state)) buried.delete(hash);
  return buried;
}

/**
 * What projects lead to, less what each has removed for good. One project's removal takes nothing from another.
 * @param projects all of the store when absent
 */
export async function livingReach(database: Database, projects?: readonly ProjectId[], frugal = false): Promise<Reach> {
  const ids = projects ?? (await database.read((db) => db.getAllKeys('projects')));
  const artifacts = new Map<Hash, Manifest>();
  const steps = new Map<Hash, StepRecord>();
  const gone = new Set<Hash>();
  const whole: ProjectId[] = [];
  const add = (reach: Reach, buried: ReadonlySet<Hash>): void => {
    for (const [id, manifest] of reach.artifacts) if (!buried.has(id)) artifacts.set(id, manifest);
    for (const [key, step] of reach.steps) if (!buried.has(key)) steps.set(key, step);
    for (const hash of reach.gone) gone.add(hash);
  };
  for (const id of ids) {
    const buried = await buriedBy(database, id);
    if (buried.size === 0) whole.push(id);
    else add(await reachOf(database, [id], frugal), buried);
  }
  add(await reachOf(database, whole, frugal), new Set());
  const chunks = new Set<Hash>();
  for (const manifest of artifacts.values()) for (const chunk of manifest.chunks) chunks.add(chunk.hash);
  return { artifacts, steps, chunks, gone };
}
