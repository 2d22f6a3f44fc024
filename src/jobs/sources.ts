/** @file Looking at a file before it is imported: options detected, types inferred, the first rows. */

import type { DataApi, Preview } from '../../workers/data/api';
import type { ImportOptions } from '../domain/data/import/importer';
import { proxy } from 'comlink';
import type { Hash } from '../domain/pipeline/digest';
import { RemoteWorker } from './remote';

async function dataWorker(): Promise<RemoteWorker<DataApi>> {
  const worker = await RemoteWorker.start<DataApi>(() => new Worker(new URL('../../workers/data/worker.ts', import.meta.url), { type: 'module', name: 'data' }));
  worker.watch();
  return worker;
}

/** The SHA-256 of a file, computed off the page. */
export async function sourceHash(file: Blob, progress: (done: number, of: number) => void): Promise<Hash> {
  const worker = await dataWorker();
  try {
    return await worker.race(worker.api.sourceHash(file, proxy(progress)));
  } finally {
    worker.end();
  }
}

export async function previewOf(file: Blob, name: string, options: Partial<ImportOptions>): Promise<Preview> {
  const worker = await dataWorker();
  try {
    return await worker.race(worker.api.preview(file, name, options));
  } finally {
    worker.end();
  }
}
