/**
 * @file The contract of a software metric: a figure of how a model serves on the device at hand, from its timings. Each is one file in
 * `softwareMetrics/` and a line in its registry. Measurements: kept as events, never cached and never hashed.
 */

import type { Estimate } from '../modelling/metric';

/** What was timed, warm-up excluded. */
export interface Timing {
  /** Milliseconds a request, one for each timing. */
  readonly answers: readonly number[];
  /** Requests in each timing; its figure is their mean. */
  readonly together: number;
  /** Rows a second, one for each pass over a batch. */
  readonly passes: readonly number[];
}

export interface SoftwareMetric {
  /** As in a criterion, e.g. `latency_p95`. */
  readonly name: string;
  readonly unit: 'ms' | 'rows/s';
  readonly direction: 'higher' | 'lower';
  /** The closed range of possible values; null where unbounded. */
  readonly range: readonly [number | null, number | null];
  /** `n` counts the timings that the figure rests on. */
  estimate(timing: Timing): Estimate;
}
