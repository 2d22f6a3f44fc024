/** @file The jobs going on right now, for the header: what, how far, and how to stop it. They die with the page. */

import type { OpName } from '../domain/pipeline/ops';
import type { StepProgress } from '../../workers/steps/api';

/** A computation going on in a worker. */
export class RunningJob {
  progress = $state.raw<StepProgress>({ phase: 'starting', done: 0, of: null, facts: {} });
  /** It was asked to stop, and has not ended yet. */
  stopping = $state.raw(false);
  /** When it was asked for; of one that waited for its turn, when that came. */
  started: number;

  constructor(
    readonly id: number,
    readonly op: OpName | 'digest' | 'preview' | 'backup' | 'restore',
    /** Names what it works on: a file, a learner. */
    readonly subject: string,
    now: number,
    private readonly stopWorker: () => void,
    /** Ends at once and throws it away. */
    readonly abort: () => void,
  ) {
    this.started = now;
  }

  /** Ends early and keeps what was done. */
  stop(): void {
    this.stopping = true;
    this.stopWorker();
  }

  /** Share done, 0 to 1, or null while unknown. */
  get share(): number | null {
    const { done, of } = this.progress;
    return of === null || of === 0 ? null : Math.min(1, done / of);
  }
}

export class JobBoard {
  #running = $state.raw<readonly RunningJob[]>([]);
  #next = 1;
  #brokenOff = 0;

  get running(): readonly RunningJob[] {
    return this.#running;
  }

  start(op: RunningJob['op'], subject: string, now: number, stop: () => void, abort: () => void): RunningJob {
    const job = new RunningJob(this.#next++, op, subject, now, stop, abort);
    this.#running = [...this.#running, job];
    return job;
  }

  /** Jobs that ended without what they were for: what they had written by then is named by nothing. */
  get brokenOff(): number {
    return this.#brokenOff;
  }

  /** @param whole whether all that it wrote is named by what it made */
  end(job: RunningJob, whole = true): void {
    if (!whole) this.#brokenOff++;
    this.#running = this.#running.filter((running) => running !== job);
  }
}
