/** @file Projects, their states and their log. Every move appends one event and swaps the head in the same strict transaction. */

import { atomically, each, StorageError, type Database, type Pen, type Tx } from './database';
import { hashesIn, holdings } from './reach';
import { copyGraves, liftWithin } from './tombstones';
import { emptyState, type EventKind, type ProjectEvent, type ProjectHead, type ProjectId, type ProjectState } from '../domain/pipeline/project';
import type { Json } from '../domain/canonical';

export interface Opened {
  readonly head: ProjectHead;
  readonly state: ProjectState;
}

export const projectHeads = (database: Database): Promise<ProjectHead[]> => database.read((db) => db.getAll('projects'));

export async function projectOf(database: Database, id: ProjectId): Promise<Opened | undefined> {
  return database.read(async (db) => {
    const tx = db.transaction(['projects', 'events']);
    const head = await tx.objectStore('projects').get(id);
    if (head === undefined) return undefined;
    return { head, state: await stateAt(tx.objectStore('events'), head) };
  });
}

/** Events in order, from sequence `after` + 1 on. */
export const eventsOf = (database: Database, id: ProjectId, after = 0): Promise<ProjectEvent[]> =>
  database.read((db) => db.getAll('events', IDBKeyRange.bound([id, after], [id, Number.MAX_SAFE_INTEGER], true)));

/** Events read at a time where the newest of a kind is looked for. */
const eventsAtOnce = 32;

/** The newest event of a kind, looked for from the newest back. @param after sequence: nothing up to it is looked at */
export async function latestEventOf(database: Database, { id, sequence }: Pick<ProjectHead, 'id' | 'sequence'>, kind: EventKind, after = 0): Promise<ProjectEvent | undefined> {
  for (let to = sequence; to > after; to -= eventsAtOnce) {
    const events = await database.read((db) => db.getAll('events', IDBKeyRange.bound([id, Math.max(after, to - eventsAtOnce)], [id, to], true)));
    const found = events.findLast((event) => event.kind === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

const stateAt = async (events: { get(key: [ProjectId, number]): Promise<ProjectEvent | undefined> }, head: ProjectHead): Promise<ProjectState> => {
  if (head.at === 0) return emptyState;
  const event = await events.get([head.id, head.at]);
  if (!event?.state) throw new TypeError(`project ${head.id} points to event ${head.at}, which holds no state`);
  return event.state;
};

/** Makes a project with nothing in it. `now` in milliseconds since 1970. */
export async function createProject(database: Database, id: ProjectId, name: string, now: number, sample: string | null = null): Promise<ProjectHead> {
  const head: ProjectHead = { id, name, epoch: 0, sequence: 1, at: 0, undo: [], redo: [], created: now, changed: now, binned: null, sample };
  await atomically(database, ['projects', 'events'], null, 'strict', async (tx) => {
    await tx.objectStore('projects').add(head);
    await tx.objectStore('events').add({ project: id, sequence: 1, at: now, kind: 'created', detail: { name }, state: null });
  });
  return head;
}

/** Takes the pen: the epoch rises, and every pen taken before is dry. Hold the project's lock first. */
export async function takePen(database: Database, id: ProjectId): Promise<Pen> {
  return atomically(database, ['projects'], null, 'strict', async (tx) => {
    const store = tx.objectStore('projects');
    const head = await store.get(id);
    if (head === undefined) throw new TypeError(`no project ${id}`);
    await store.put({ ...head, epoch: head.epoch + 1 });
    return { project: id, epoch: head.epoch + 1 };
  });
}

type Move = (head: ProjectHead) => { readonly head: Partial<ProjectHead>; readonly kind: EventKind; readonly detail: { readonly [key: string]: Json }; readonly state: ProjectState | null };

async function move(database: Database, pen: Pen, now: number, make: Move): Promise<Opened> {
  return atomically(database, ['projects', 'events', 'manifests', 'meta'], pen, 'strict', async (tx) => {
    const store = (tx as unknown as Tx<'projects'>).objectStore('projects');
    const before = (await store.get(pen.project))!;
    const made = make(before);
    if (made.state !== null) {
      await demandNamed(tx, before, made.state);
      // What was removed for good and is found again (a cache hit, another project's) is in use again.
      await liftWithin(tx, pen.project, holdings(made.state));
    }
    const sequence = before.sequence + 1;
    const head: ProjectHead = { ...before, changed: now, sequence, ...made.head, ...(made.state ? { at: sequence } : {}) };
    const events = tx.objectStore('events');
    await events.add({ project: pen.project, sequence, at: now, kind: made.kind, detail: made.detail, state: made.state });
    await store.put(head);
    return { head, state: made.state ?? (await stateAt(events, head)) };
  });
}

/** What a state names for the first time must be there: the collector may have been between its making and this move. */
async function demandNamed(tx: Tx<'events' | 'manifests' | 'meta' | 'projects'>, head: ProjectHead, state: ProjectState): Promise<void> {
  const known = hashesIn(await stateAt(tx.objectStore('events'), head));
  const fresh = [...hashesIn(state)].filter((hash) => !known.has(hash));
  const counts = await Promise.all(fresh.map((hash) => tx.objectStore('manifests').count(hash)));
  const gone = counts.indexOf(0);
  if (gone >= 0) throw new StorageError('damaged', `the new state names ${fresh[gone]}, which is not there`);
}

/** Moves the project to a new state. What was undone can no longer be redone. */
export const moveTo = (database: Database, pen: Pen, now: number, kind: EventKind, detail: { readonly [key: string]: Json }, state: ProjectState): Promise<Opened> =>
  move(database, pen, now, (head) => ({ head: { undo: [...head.undo, head.at], redo: [] }, kind, detail, state }));

/** As `moveTo`, for what follows from a move by itself (a split, a report): it is no step of its own when the user goes back. */
export const amendTo = (database: Database, pen: Pen, now: number, kind: EventKind, detail: { readonly [key: string]: Json }, state: ProjectState): Promise<Opened> =>
  move(database, pen, now, () => ({ head: {}, kind, detail, state }));

/** As `moveTo`, for what destroys: there is no way back, so nothing can be undone or redone past it. */
export const moveForGood = (database: Database, pen: Pen, now: number, kind: EventKind, detail: { readonly [key: string]: Json }, state: ProjectState): Promise<Opened> =>
  move(database, pen, now, () => ({ head: { undo: [], redo: [] }, kind, detail, state }));

/** Appends a remark or a measurement: nothing moves. */
export const remark = (database: Database, pen: Pen, now: number, kind: EventKind, detail: { readonly [key: string]: Json }): Promise<Opened> =>
  move(database, pen, now, () => ({ head: {}, kind, detail, state: null }));

/** Moves the pointer back to the state before. @throws RangeError when there is none. */
export const undo = (database: Database, pen: Pen, now: number): Promise<Opened> =>
  move(database, pen, now, (head) => {
    const at = head.undo.at(-1);
    if (at === undefined) throw new RangeError('nothing to undo');
    return { head: { at, undo: head.undo.slice(0, -1), redo: [...head.redo, head.at] }, kind: 'undone', detail: { from: head.at, to: at }, state: null };
  });

export const redo = (database: Database, pen: Pen, now: number): Promise<Opened> =>
  move(database, pen, now, (head) => {
    const at = head.redo.at(-1);
    if (at === undefined) throw new RangeError('nothing to redo');
    return { head: { at, redo: head.redo.slice(0, -1), undo: [...head.undo, head.at] }, kind: 'redone', detail: { from: head.at, to: at }, state: null };
  });

export const renameProject = (database: Database, pen: Pen, now: number, name: string): Promise<Opened> =>
  move(database, pen, now, (head) => ({ head: { name }, kind: 'renamed', detail: { from: head.name, to: name }, state: null }));

/** Puts a project in the bin, from which it can be taken back: undo for deletion. */
export const binProject = (database: Database, pen: Pen, now: number): Promise<Opened> => move(database, pen, now, () => ({ head: { binned: now }, kind: 'binned', detail: {}, state: null }));

export const unbinProject = (database: Database, pen: Pen, now: number): Promise<Opened> => move(database, pen, now, () => ({ head: { binned: null }, kind: 'unbinned', detail: {}, state: null }));

/** A second project with the same log and state. Artifacts are shared, not copied. */
export async function duplicateProject(database: Database, from: ProjectId, to: ProjectId, name: string, now: number): Promise<ProjectHead> {
  const events = await eventsOf(database, from);
  return atomically(database, ['projects', 'events', 'meta'], null, 'strict', async (tx) => {
    const source = await tx.objectStore('projects').get(from);
    if (source === undefined) throw new TypeError(`no project ${from}`);
    const head: ProjectHead = { ...source, id: to, name, epoch: 0, created: now, changed: now, binned: null };
    await tx.objectStore('projects').add(head);
    await each(
      events.filter((event) => event.sequence <= source.sequence),
      (event) => tx.objectStore('events').add({ ...event, project: to }),
    );
    await copyGraves(tx, from, to);
    return head;
  });
}
