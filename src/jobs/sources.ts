/** @file Looking at a file before it is imported: options detected, types inferred, the first rows. */

import type { DataApi, Preview } from '../../workers/data/api';
import type { ImportOptions } from '../domain/data/import/importer';
import { RemoteWorker } from './remote';

export async function previewOf(file: Blob, name: string, options: Partial<ImportOptions>): Promise<Preview> {
  const worker = new RemoteWorker<DataApi>(() => new Worker(new URL('../../workers/data/worker.ts', import.meta.url), { type: 'module', name: 'data' }));
  try {
    return await worker.race(worker.api.preview(file, name, options));
  } finally {
    worker.end();
  }
}
