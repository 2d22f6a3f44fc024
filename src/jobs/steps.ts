/** @file Performing a step: one job, one worker, in its turn; and helpers for its parts. Stop keeps what was learnt; abort throws it away. */

import { proxy, transfer } from 'comlink';
import type { StepApi, StepCall, StepOutcome, StepProgress } from '../../workers/steps/api';
import { opNamed, type WorkerName } from '../domain/pipeline/ops';
import { Helpers } from './helpers';
import { beforeUpdate } from './offline';
import { pageQueue, type Claim, type Urgency } from './queue';
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

/** Trainings and what is like them take their turn; of everything else, somebody waits for the answer. */
const urgencyOf = (op: WorkerName): Urgency => (op === 'training' ? 'asked' : 'now');

/**
 * Performs a step when its turn comes. Until then its progress says that it is `waiting`.
 * @param claim of a step that is one of many, what it is part of and how urgent that is
 */
export function startStep(call: StepCall, progress: (report: StepProgress) => void, claim: Partial<Pick<Claim, 'urgency' | 'parent'>> = {}): StepJob {
  const { worker: name } = opNamed(call.request.op);
  const { urgency = urgencyOf(name), parent = {} } = claim;
  const start = (): Promise<RemoteWorker<StepApi>> => RemoteWorker.start<StepApi>(spawn[name]);
  const turn = pageQueue.ask({ urgency, parent });
  let worker: RemoteWorker<StepApi> | undefined;
  let helpers: Helpers | undefined;
  let stopped = false;
  /** Why it ends before its time. */
  let ended: Error | undefined;
  const end = (reason: Error): void => {
    ended ??= reason;
    if (turn.waiting) turn.end(reason);
    worker?.end(reason);
    helpers?.end();
  };
  const perform = async (): Promise<StepOutcome> => {
    if (turn.waiting) {
      progress({ phase: 'waiting', done: 0, of: null, facts: {} });
      await turn.granted;
      progress({ phase: 'starting', done: 0, of: null, facts: {} });
    }
    const own = await start();
    worker = own;
    if (ended !== undefined) own.end(ended);
    running.add(own);
    own.watch();
    // Asked for while the worker was starting: messages are handled in order, so the op begins stopped.
    if (stopped) void own.api.stop();
    const beside = new Helpers(start, pageQueue, { urgency, parent });
    helpers = beside;
    try {
      return await own.race(own.api.perform(call, proxy(progress), transfer(beside.port, [beside.port])));
    } catch (error) {
      // What its helpers died of is known here alone.
      throw error instanceof Error && error.name === 'PartLost' ? (beside.lastDeath ?? error) : error;
    } finally {
      beside.end();
      running.delete(own);
      own.end();
    }
  };
  return {
    outcome: perform().finally(() => turn.end()),
    stop: () => {
      stopped = true;
      if (turn.waiting) turn.hurry();
      void worker?.api.stop();
    },
    abort: () => end(new Aborted('aborted by the user')),
    leave: async () => {
      const reason = new Left('the project was left');
      if (worker === undefined) return end(reason);
      const saved = worker.race(worker.api.saveSoon()).catch(() => undefined); // a job that ends meanwhile has nothing to save
      await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, savingMs))]);
      end(reason);
    },
  };
}
