/** @file What is still needed: everything that a project's log, states and lineage lead to. The collector keeps it, a backup holds it. */

import type { Database } from './database';
import { manifestOf, type Manifest } from '../domain/pipeline/artifact';
import { isHash, type Hash } from '../domain/pipeline/digest';
import type { ProjectEvent, ProjectId } from '../domain/pipeline/project';
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
