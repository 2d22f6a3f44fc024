/** @file The worker behind data grids and text exports: kept warm while a grid is on screen, started anew when it died. */

import { proxy, type Remote } from 'comlink';
import type { BrowsingApi } from '../../workers/browsing/api';
import { RemoteWorker } from './remote';

let worker: Promise<RemoteWorker<BrowsingApi>> | undefined;
/** Questions without an answer yet, of every asker: grids, counts, exports. */
let underWay = 0;
/** No grid is on screen: the worker goes with the last answer. */
let leaving = false;

/** Asks the browsing worker; one that died is replaced at the next question. */
export async function browse<T>(ask: (api: Remote<BrowsingApi>) => Promise<T>): Promise<T> {
  worker ??= RemoteWorker.start<BrowsingApi>(() => new Worker(new URL('../../workers/browsing/worker.ts', import.meta.url), { type: 'module', name: 'browsing' }));
  const starting = worker;
  underWay++;
  leaving = false;
  try {
    const own = await starting;
    own.watch();
    return (await own.race(ask(own.api))) as T;
  } catch (error) {
    // A worker that died, or could not start, is started anew at the next question.
    if (error instanceof Error && (error.name === 'WorkerDied' || error.name === 'Refusal') && worker === starting) worker = undefined;
    throw error;
  } finally {
    underWay--;
    if (leaving && underWay === 0) putAway();
  }
}

function putAway(): void {
  // One that could not start has told whoever asked.
  worker?.then((own) => own.end()).catch(() => undefined);
  worker = undefined;
}

/** Puts the worker away, for the grid has left the screen; not before it has answered what is under way, which may be an export. */
export function endBrowsing(): void {
  leaving = underWay > 0;
  if (!leaving) putAway();
}

/** A table as CSV, piece by piece. */
export const csvOf = (database: string, table: `sha256:${string}`, piece: (text: string) => void): Promise<void> => browse((api) => api.csv(database, table, proxy(piece)));

/** Predictions of scored rows as CSV, piece by piece. @param threshold of binary models */
export const predictionsOf = (database: string, table: `sha256:${string}`, scores: `sha256:${string}`, threshold: number, piece: (text: string) => void): Promise<void> =>
  browse((api) => api.predictions(database, table, scores, threshold, proxy(piece)));
