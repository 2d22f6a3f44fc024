/** @file What was deleted for good, read off the log and the tombstones: which versions are no more, and why something is not there. */

import { Problem, storageProblem } from './problem';
import { isHash, type Hash } from '../domain/pipeline/digest';
import type { ProjectEvent } from '../domain/pipeline/project';
import type { Tombstone } from '../storage/tombstones';

/** A version that is no more: its tombstone in the list of versions. */
export interface DeletedVersion {
  readonly number: number;
  readonly message: string;
  readonly table: Hash;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of the event that says so. */
  readonly sequence: number;
}

/** Versions that were deleted for good, in the order of their going. @param events in order of sequence */
export const deletedVersions = (events: readonly ProjectEvent[]): readonly DeletedVersion[] =>
  events.flatMap(({ kind, at, sequence, detail: { what, version, table, message } }) =>
    kind === 'deletedForGood' && what === 'version' && typeof version === 'number' && isHash(table) ? [{ number: version, message: typeof message === 'string' ? message : '', table, at, sequence }] : [],
  );

/** Why an artifact that the project names is not in the store: it was removed for good, or the store is damaged. */
export function missingProblem(hash: Hash, stones: readonly Pick<Tombstone, 'artifact' | 'at' | 'what'>[], events: readonly ProjectEvent[]): Problem {
  const version = deletedVersions(events).findLast(({ table }) => table === hash);
  const stone = stones.find(({ artifact }) => artifact === hash) ?? (version && { what: 'version' as const, at: version.at });
  if (stone === undefined) return storageProblem('damaged');
  return new Problem({ code: 'removedForGood', details: { what: stone.what, at: stone.at, ...(version ? { version: version.number } : {}) } });
}
