/** @file Looking at a file before it is imported: options detected, types inferred, the first rows. */

import type { DataApi, Preview } from '../../workers/data/api';
import type { ImportOptions } from '../domain/data/import/importer';
import { proxy } from 'comlink';
import type { Hash } from '../domain/pipeline/digest';
import { pageQueue } from './queue';
import { RemoteWorker } from './remote';

const asking = <T>(ask: (worker: RemoteWorker<DataApi>) => Promise<T>): Promise<T> =>
  pageQueue.during({ urgency: 'now' }, async () => {
    const worker = await RemoteWorker.start<DataApi>(() => new Worker(new URL('../../workers/data/worker.ts', import.meta.url), { type: 'module', name: 'data' }));
    worker.watch();
    try {
      return await ask(worker);
    } finally {
      worker.end();
    }
  });

/** The SHA-256 of a file, computed off the page. */
export const sourceHash = (file: Blob, progress: (done: number, of: number) => void): Promise<Hash> => asking((worker) => worker.race(worker.api.sourceHash(file, proxy(progress))));

export const previewOf = (file: Blob, name: string, options: Partial<ImportOptions>): Promise<Preview> => asking((worker) => worker.race(worker.api.preview(file, name, options)));
