/** @file A running job as it is shown, in the header and on its page alike: one job has one name. */

import { words } from '../../words/words';
import type { RunningJob } from '../../state/jobs.svelte';

export interface JobView {
  readonly id: string;
  /** e.g. `Training the baseline`. */
  readonly name: string;
  /** e.g. `epoch 118 of 200`. Always says how much has been done. */
  readonly detail: string;
  readonly done: number | null;
  readonly total: number | null;
  /** Asked to stop: it ends at the next point where what it did can be kept. */
  readonly stopping: boolean;
  /** Stops and keeps what was learnt; null where nothing could be kept. */
  readonly stop: (() => void) | null;
  /** Throws it away; null where that cannot be. */
  readonly abort: (() => void) | null;
}

/** Ops that keep what they did when they are stopped; the others can only be thrown away. */
const stoppable: readonly RunningJob['op'][] = ['train'];
/** What cannot be ended half-way: a look at a file is over in a moment, and a backup is written by the browser. */
const unending: readonly RunningJob['op'][] = ['digest', 'preview', 'backup', 'restore'];

/** A rate of less than this many seconds, or of less than this share, foretells nothing. */
const soonest = 2;
const least = 0.02;

/** Seconds that are left at the rate so far, or null while that is not known. A training may end earlier by itself. */
export function secondsLeft({ share, started }: Pick<RunningJob, 'share' | 'started'>, now: number): number | null {
  const passed = (now - started) / 1000;
  return share === null || share < least || share >= 1 || passed < soonest ? null : (passed * (1 - share)) / share;
}

/** @param task what is being learnt, for the name of the learner. @param now in ms */
export function jobView(job: RunningJob, task: 'classification' | 'regression' | null = null, now = Date.now()): JobView {
  const { phase, done, of, facts } = job.progress;
  const left = secondsLeft(job, now);
  const workers = typeof facts.workers === 'number' && facts.workers > 1 ? ` ${words.jobs.workers(facts.workers)}` : '';
  return {
    id: String(job.id),
    name: words.jobs.name(job.op, job.subject, task),
    // Parts under way count with their shares; what is said is how many are done.
    detail: words.jobs.phase(phase, Math.floor(done), of) + workers + (left === null ? '' : words.jobs.left(left)),
    done: of === null ? null : done,
    total: of,
    stopping: job.stopping,
    stop: stoppable.includes(job.op) ? () => job.stop() : null,
    abort: unending.includes(job.op) ? null : () => job.abort(),
  };
}
