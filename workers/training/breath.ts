/** @file Gives way to waiting messages, often enough and not too often. */

import type { TrainingHooks } from '../../src/domain/modelling/learner';

/** Below the 50 ms that the contract allows, so that the work until the next question still fits. */
const every = 30;

/** Call the answer between pieces of work of a few milliseconds; it breathes when 30 ms have passed since the last breath. */
export function breathing(hooks: Pick<TrainingHooks, 'breathe'>, now: () => number = () => performance.now()): () => Promise<void> | undefined {
  let last = now();
  return () => {
    if (now() - last < every) return undefined;
    return hooks.breathe().then(() => {
      last = now();
    });
  };
}
