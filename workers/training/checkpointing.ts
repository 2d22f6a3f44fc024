/** @file When a learner whose state grows takes its checkpoints: less often the longer they take, so that most of the time goes into learning. */

import type { Json } from '../../src/domain/canonical';
import type { TrainingHooks } from '../../src/domain/modelling/learner';
import { largeStateBytes, type SavedNumbers } from './savedState';

/** A checkpoint is followed by learning for this many times as long as it took. */
const learning = 50;
/** Milliseconds. Closer than this nobody asks for checkpoints; and after so long one that is asked for is made, whatever the last one took. */
const [least, most] = [1_000, 30_000];

export interface Checkpointing {
  due(): boolean;
  /** @param lists as `largeStateBytes` takes them */
  keep(head: Json, lists: readonly (readonly SavedNumbers[])[]): Promise<void>;
}

/** @param now milliseconds */
export function checkpointing(hooks: Pick<TrainingHooks, 'checkpointDue' | 'checkpoint'>, mark: string, breathe: () => Promise<void> | undefined, now: () => number = () => performance.now()): Checkpointing {
  let next = -Infinity;
  return {
    due: () => now() >= next && hooks.checkpointDue(),
    async keep(head, lists) {
      const begun = now();
      await hooks.checkpoint(await largeStateBytes(mark, head, lists, breathe));
      const ended = now();
      const apart = Math.min(most, learning * (ended - begun));
      // How far apart small ones are is for the caller to say.
      next = apart <= least ? -Infinity : ended + apart;
    },
  };
}
