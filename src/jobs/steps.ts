/** @file Performing a step: one job, one worker. Stop keeps what was learnt; abort throws it away. */

import { proxy } from 'comlink';
import type { StepApi, StepCall, StepOutcome, StepProgress } from '../../workers/steps/api';
import { opNamed, type WorkerName } from '../domain/pipeline/ops';
import { beforeUpdate } from './offline';
import { Aborted, Left, RemoteWorker } from './remote';

/** Vite finds workers by these literal addresses. */
const spawn: Readonly<Record<WorkerName, () => Worker>> = {
  data: () => new Worker(new URL('../../workers/data/worker.ts', import.meta.url), { type: 'module', name: 'data' }),
  training: () => new Worker(new URL('../../workers/training/worker.ts', import.meta.url), { type: 'module', name: 'training' }),
  evaluation: () => new Worker(new URL('../../workers/evaluation/worker.ts', import.meta.url), { type: 'module', name: 'evaluation' }),
  export: () => new Worker(new URL('../../workers/export/worker.ts', import.meta.url), { type: 'module', name: 'export' }),
};

export interface StepJob {
  readonly outcome: Promise<StepOutcome>;
  /** Ends early and keeps what was learnt. */
  stop(): void;
  /** Ends at once and throws it away: `outcome` rejects with Aborted. */
  abort(): void;
  /** Ends after a last checkpoint, so that it can go on another time: `outcome` rejects with Left. */
  leave(): Promise<void>;
}

/** Jobs that should write a checkpoint when the page is hidden, frozen or left. */
const running = new Set<RemoteWorker<StepApi>>();
if (typeof document !== 'undefined') {
  const saveAll = (): void => running.forEach((worker) => void worker.api.saveSoon());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && saveAll());
  document.addEventListener('freeze', saveAll);
  window.addEventListener('pagehide', saveAll);
}

/** The longest that a new build waits for checkpoints; a job that keeps none would hold it up for ever. */
const savingMs = 3_000;
beforeUpdate(async () => {
  const saved = Promise.allSettled([...running].map((worker) => worker.race(worker.api.saveSoon())));
  await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, savingMs))]);
});

export function startStep(call: StepCall, progress: (report: StepProgress) => void): StepJob {
  let worker: RemoteWorker<StepApi> | undefined;
  let aborted = false;
  let stopped = false;
  let left = false;
  const perform = async (): Promise<StepOutcome> => {
    const own = await RemoteWorker.start<StepApi>(spawn[opNamed(call.request.op).worker]);
    worker = own;
    if (aborted) own.end(new Aborted('aborted by the user'));
    if (left) own.end(new Left('the project was left'));
    running.add(own);
    own.watch();
    // Asked for while the worker was starting: messages are handled in order, so the op begins stopped.
    if (stopped) void own.api.stop();
    try {
      return await own.race(own.api.perform(call, proxy(progress)));
    } finally {
      running.delete(own);
      own.end();
    }
  };
  return {
    outcome: perform(),
    stop: () => {
      stopped = true;
      void worker?.api.stop();
    },
    abort: () => {
      aborted = true;
      worker?.end(new Aborted('aborted by the user'));
    },
    leave: async () => {
      left = true;
      if (worker === undefined) return;
      const saved = worker.race(worker.api.saveSoon()).catch(() => undefined); // a job that ends meanwhile has nothing to save
      await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, savingMs))]);
      worker.end(new Left('the project was left'));
    },
  };
}
