/** @file Times a service: single requests, and passes over a batch of rows, in pieces between which the worker can be spoken to. */

import type { ServiceMeasurement } from './api';
import { breathing } from '../training/breath';
import { rowsAt } from '../../src/domain/data/rowsAt';
import type { Table } from '../../src/domain/data/table';
import { batchFor, timings } from '../../src/domain/deployment/latency';
import { serviceEstimates } from '../../src/domain/deployment/serviceEstimates';

/** What is timed. */
export interface Service {
  /** Answers request i: any number from 0 on. */
  request(i: number): unknown;
  batch(rows: Table): unknown;
}

/** Requests that are not counted. */
const warmUp = 50;
/** As many passes as the median of them needs for an interval, and some more. */
const passes = 9;
/** Milliseconds for all single requests, and for all passes: a model that is slow is timed less often. */
const [requestsMs, passesMs] = [20_000, 30_000];

/**
 * @param rows the batch; a pass takes fewer of them where all would take more than two seconds
 * @param requests single requests, at most
 * @param breathe lets waiting messages be handled
 */
export async function measured(service: Service, rows: Table, requests: number, breathe: () => Promise<void>, now: () => number = () => performance.now()): Promise<ServiceMeasurement> {
  const pause = breathing({ breathe }, now);
  const single = await timings(requests, warmUp, now, (i) => service.request(i), { breathe: pause, withinMs: requestsMs });
  const range = (from: number, to: number): Table => rowsAt(rows, Uint32Array.from({ length: to - from }, (_, row) => from + row));
  const batch = await batchFor(rows.rows, now, (count) => service.batch(range(0, count)), pause);
  const blocks: Table[] = [];
  for (let from = 0; from < batch.rows; from += batch.block) blocks.push(range(from, Math.min(batch.rows, from + batch.block)));
  const pass = async (): Promise<void> => {
    for (const block of blocks) {
      service.batch(block);
      const wait = pause();
      if (wait) await wait;
    }
  };
  const batches = await timings(passes, 1, now, pass, { breathe: pause, withinMs: passesMs });
  return {
    estimates: serviceEstimates({ answers: single.taken, together: single.together, passes: batches.taken.map((ms) => (1_000 * batch.rows) / ms), passesTogether: batches.together }),
    n: single.taken.length,
    together: single.together,
    batchRows: batch.rows,
    warmUp: single.warmUp,
  };
}
