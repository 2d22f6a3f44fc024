/** @file Completes a plan: fills in defaults and refuses what a learner cannot work with, before anything starts. */

import { Refusal } from '../refusal';
import { completeSettings, type Setting } from '../setting';
import type { Engine, EpochReport, Plan } from './learner';
import type { LearnerDescription } from './learners/description';

/**
 * The whole plan of a training: every hyper-parameter has a value, in the order of the specifications.
 * Numbers may be given as text, as a command line gives them.
 * @param check the learner's own check of what a range cannot say, such as the hidden widths.
 * @throws Refusal seedOutOfRange { seed, low, high }
 * @throws Refusal as `completeSettings`
 */
export function completePlan(
  name: string,
  given: Plan['hyperparameters'],
  seed: number,
  engine: Engine,
  specifications: readonly Setting[],
  check?: LearnerDescription['check'],
): Plan {
  const most = Number.MAX_SAFE_INTEGER;
  if (!Number.isSafeInteger(seed) || seed < 1 || seed > most) throw new Refusal('seedOutOfRange', { seed: String(seed), low: 1, high: most });
  const hyperparameters = completeSettings(name, specifications, given);
  check?.(hyperparameters);
  return { learner: name, hyperparameters, seed, engine };
}

/** Settings that say how many epochs, iterations, rounds or trees there are at the most: the one that a learner has is what its curve counts. */
const limits = ['epochs', 'max_iterations', 'rounds', 'trees'];

/** The plan whose limit is where a training ended, stopped or by itself; null when nothing limits the learner, or no epoch was done. */
export function endedPlan(plan: Plan, curve: readonly EpochReport[]): Plan | null {
  const limit = limits.find((name) => Object.hasOwn(plan.hyperparameters, name));
  const done = curve.at(-1)?.epoch;
  return limit === undefined || done === undefined ? null : { ...plan, hyperparameters: { ...plan.hyperparameters, [limit]: done } };
}
