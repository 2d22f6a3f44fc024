/** @file How a run's model was timed on this device, read off the log: measurements are events and nothing else. */

import type { NamedEstimate } from '../domain/modelling/estimates';
import type { ProjectEvent, Run } from '../domain/pipeline/project';

export interface Timed {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sequence: number;
  readonly estimates: readonly NamedEstimate[];
  /** Timings of single requests, after `warmUp` that were not timed. */
  readonly n: number;
  readonly warmUp: number;
  /** Requests in each timing. */
  readonly together: number;
  /** Rows of one pass of the throughput. */
  readonly batchRows: number;
}

/** Every measurement of a run's model, newest first. What a backup brought with it was timed somewhere else, and is not among them. */
export function timedOf(events: readonly ProjectEvent[], run: Pick<Run, 'id'>): readonly Timed[] {
  const brought = events.findLastIndex((event) => event.kind === 'restored');
  return events
    .slice(brought + 1)
    .filter((event) => event.kind === 'latency' && event.detail.run === run.id && Array.isArray(event.detail.estimates))
    .map(({ at, sequence, detail }) => ({ ...(detail as unknown as Omit<Timed, 'at' | 'sequence'>), at, sequence }))
    .reverse();
}

/** The latest figures of a run's service on this device; none where it was not timed here. */
export const latestService = (events: readonly ProjectEvent[], run: Pick<Run, 'id'>): readonly NamedEstimate[] => timedOf(events, run)[0]?.estimates ?? [];

/** One figure among several; null where it is not there or undefined. */
export const valueIn = (estimates: readonly NamedEstimate[], name: string): number | null => estimates.find((one) => one.name === name)?.estimate.value ?? null;
