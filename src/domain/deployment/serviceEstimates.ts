/** @file Software metrics from raw timings, each with its interval. */

import { quantileEstimate } from './orderStatistics';
import { softwareMetrics } from './softwareMetric';
import type { NamedEstimate } from '../modelling/estimates';

/** What was timed, warm-up excluded. */
export interface Timing {
  /** Milliseconds a request, one for each timing. */
  readonly answers: readonly number[];
  /** Requests in each timing; its figure is their mean. */
  readonly together: number;
  /** Rows a second, one for each timing of passes over a batch. */
  readonly passes: readonly number[];
  /** Passes in each timing. */
  readonly passesTogether: number;
}

/**
 * Every software metric of one timing; `n` counts the timings that it rests on. Where a request is quicker than the clock can tell, a timing
 * is the mean of several and its quantiles lie closer to the middle than those of single requests do: the method says of how many.
 */
export const serviceEstimates = (timing: Timing): NamedEstimate[] =>
  softwareMetrics.map(({ name, timed, share }) => ({
    name,
    estimate: quantileEstimate(
      timing[timed],
      share,
      timed === 'answers' ? (timing.together > 1 ? `, means of ${timing.together} requests` : '') : timing.passesTogether > 1 ? `, means of ${timing.passesTogether} passes` : '',
    ),
  }));
