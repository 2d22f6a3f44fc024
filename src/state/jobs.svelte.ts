/** @file The jobs going on right now, for the header: what, how far, and how to stop it. They die with the page. */

import type { OpName } from '../domain/pipeline/ops';
import type { StepProgress } from '../../workers/steps/api';

/** A computation going on in a worker. */
export class RunningJob {
  progress = $state.raw<StepProgress>({ phase: 'starting', done: 0, of: null, facts: {} });
  /** It was asked to stop, and has not ended yet. */
  stopping = $state.raw(false);
  readonly started: number;

  constructor(
    readonly id: number,
    readonly op: OpName | 'digest' | 'preview' | 'backup' | 'restore',
    /** Names what it works on: a file, a learner. */
    readonly subject: string,
    now: number,
    private readonly stopWorker: () => void,
    /** Ends at once and throws it away. */
    readonly abort: () => void,
    /** Ends because the project is left; what was checkpointed stays. */
    readonly leave: () => Promise<void> = () => Promise.resolve(),
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

  get running(): readonly RunningJob[] {
    return this.#running;
  }

  start(op: RunningJob['op'], subject: string, now: number, stop: () => void, abort: () => void, leave?: () => Promise<void>): RunningJob {
    const job = new RunningJob(this.#next++, op, subject, now, stop, abort, leave);
    this.#running = [...this.#running, job];
    return job;
  }

  end(job: RunningJob): void {
    this.#running = this.#running.filter((running) => running !== job);
  }
}
