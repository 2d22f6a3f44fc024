/** @file What could not be done, as a value that a view turns into a sentence. */

import type { RefusalValue } from '../domain/refusal';
import type { StorageProblem } from '../storage/database';

/** Thrown by actions; caught where the user is told. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly refusal: RefusalValue,
    options?: ErrorOptions,
  ) {
    super(`${refusal.code} ${JSON.stringify(refusal.details)}`, options);
  }
}

/** A storage problem is told by the code `storage` + its name, e.g. `storageQuota`. */
export const storageCode = (problem: StorageProblem | string): string => `storage${problem[0]!.toUpperCase()}${problem.slice(1)}`;

export const storageProblem = (problem: StorageProblem | string): Problem => new Problem({ code: storageCode(problem), details: {} });
