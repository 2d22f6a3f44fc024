/** @file The page's side of the probe: one worker, one question. */

import type { Description, Probe, ProbingApi } from '../../workers/probing/api';
import type { Engine } from '../domain/modelling/learner';
import { pageQueue } from './queue';
import { RemoteWorker } from './remote';

const asking = <T>(ask: (api: RemoteWorker<ProbingApi>['api']) => Promise<T>): Promise<T> => pageQueue.during({ urgency: 'now' }, () => answered(ask));

async function answered<T>(ask: (api: RemoteWorker<ProbingApi>['api']) => Promise<T>): Promise<T> {
  const worker = await RemoteWorker.start<ProbingApi>(() => new Worker(new URL('../../workers/probing/worker.ts', import.meta.url), { type: 'module', name: 'probing' }));
  worker.watch();
  try {
    return await worker.race(ask(worker.api));
  } finally {
    worker.end();
  }
}

export const probeEngines = (widths: readonly number[], batch: number): Promise<Probe> => asking((api) => api.probe(widths, batch));

export const describeEngine = (engine: Engine): Promise<Description> => asking<Description>(async (api) => await api.describe(engine));
