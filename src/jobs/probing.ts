/** @file The page's side of the probe: one worker, one question. */

import type { Description, Probe, ProbingApi, RaceEntry } from '../../workers/probing/api';
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

export const raceEngines = (entry: RaceEntry): Promise<Probe> => asking((api) => api.race(entry));

export const describeEngine = (engine: Engine): Promise<Description> => asking<Description>(async (api) => await api.describe(engine));

/** The name of the graphics adapter, or why there is none: part of what a probe is remembered by. */
export async function adapterName(): Promise<string> {
  const gpu = (navigator as { readonly gpu?: GPU }).gpu;
  try {
    const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
    return adapter ? [adapter.info.vendor, adapter.info.architecture, adapter.info.device, adapter.info.description].join(' ') : 'none';
  } catch {
    return 'none';
  }
}
