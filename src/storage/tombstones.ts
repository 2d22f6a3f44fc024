/**
 * @file Tombstones: what a project removed for good. A removal is one project's own affair: what another project still leads to stays for it,
 * and what the project itself brings back is no longer buried.
 */

import { atomically, type Database, type Pen, type Tx } from './database';
import type { Hash } from '../domain/pipeline/digest';
import type { ProjectId } from '../domain/pipeline/project';

/** What stands in the lineage where something was removed for good. */
export interface Tombstone {
  readonly project: ProjectId;
  /** The artifact, or the step whose parameters spelled a cell. */
  readonly artifact: Hash;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly what: 'version' | 'rows';
}

/** That there was a project, and when it was removed. No name, no content. */
export interface RemovedProject {
  readonly project: ProjectId;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A transaction that covers `meta` among others; idb's types cannot say so. */
const metaOf = (tx: unknown) => (tx as Tx<'meta'>).objectStore('meta');

const gravesOf = (project: ProjectId): string => `tombstones:${project}`;
const removedOf = (project: ProjectId): string => `removed:${project}`;
const startingWith = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

/** Tombstones of one project, or of all, oldest first. */
export async function tombstonesOf(database: Database, project?: ProjectId): Promise<readonly Tombstone[]> {
  if (project !== undefined) return ((await database.read((db) => db.get('meta', gravesOf(project)))) as readonly Tombstone[] | undefined) ?? [];
  return ((await database.read((db) => db.getAll('meta', startingWith('tombstones:')))) as (readonly Tombstone[])[]).flat();
}

/** All tombstones, within a transaction on `meta`. */
export const tombstonesWithin = async (tx: unknown): Promise<readonly Tombstone[]> => ((await metaOf(tx).getAll(startingWith('tombstones:'))) as (readonly Tombstone[])[]).flat();

/** Projects that were removed for good. */
export const removedProjects = (database: Database): Promise<readonly RemovedProject[]> =>
  database.read((db) => db.getAll('meta', startingWith('removed:')) as Promise<readonly RemovedProject[]>);

/** Marks artifacts as removed for good from a project. Their bytes go with the next collection, unless another project leads to them. */
export const bury = (database: Database, pen: Pen, artifacts: readonly Hash[], what: Tombstone['what'], now: number): Promise<void> =>
  atomically(database, ['meta'], pen, 'strict', (tx) => buryWithin(tx, pen.project, artifacts.map((artifact) => ({ artifact, at: now, what }))));

/** As `bury`, within a transaction on `meta`. */
export async function buryWithin(tx: unknown, project: ProjectId, stones: readonly Omit<Tombstone, 'project'>[]): Promise<void> {
  if (stones.length === 0) return;
  const store = metaOf(tx);
  const known = ((await store.get(gravesOf(project))) as readonly Tombstone[] | undefined) ?? [];
  const named = new Set(known.map((stone) => stone.artifact));
  await store.put([...known, ...stones.filter(({ artifact }) => !named.has(artifact)).map((stone) => ({ ...stone, project }))], gravesOf(project));
}

/** Takes tombstones away, within a transaction on `meta`: the project has these again. */
export async function liftWithin(tx: unknown, project: ProjectId, artifacts: ReadonlySet<Hash>): Promise<void> {
  const store = metaOf(tx);
  const known = ((await store.get(gravesOf(project))) as readonly Tombstone[] | undefined) ?? [];
  const left = known.filter((stone) => !artifacts.has(stone.artifact));
  if (left.length === known.length) return;
  await (left.length === 0 ? store.delete(gravesOf(project)) : store.put(left, gravesOf(project)));
}

/** Writes down that a project was removed, within a transaction on `meta`. What it had buried is nobody's any more. */
export async function noteRemoved(tx: unknown, project: ProjectId, now: number): Promise<void> {
  const store = metaOf(tx);
  await store.delete(gravesOf(project));
  await store.put({ project, at: now } satisfies RemovedProject, removedOf(project));
}

/** A project's tombstones become another's as well, within a transaction on `meta`: the copy has the same log. */
export async function copyGraves(tx: unknown, from: ProjectId, to: ProjectId): Promise<void> {
  const known = ((await metaOf(tx).get(gravesOf(from))) as readonly Tombstone[] | undefined) ?? [];
  await buryWithin(tx, to, known);
}
