/** @file `latency_p50`, `latency_p95`, `latency_p99`: what 50, 95 and 99 of 100 single requests take at most. */

import { quantileEstimate } from '../orderStatistics';
import type { SoftwareMetric } from '../softwareMetric';

/**
 * Where a request is quicker than the clock can tell, a timing is the mean of several requests and its quantiles lie closer to the middle
 * than those of single requests do: the method then says of how many.
 */
const latencyQuantile = (percent: number): SoftwareMetric => ({
  name: `latency_p${percent}`,
  unit: 'ms',
  direction: 'lower',
  range: [0, null],
  estimate: ({ answers, together }) => quantileEstimate(answers, percent / 100, together > 1 ? `, means of ${together} requests` : ''),
});

export const latencyP50 = latencyQuantile(50);
export const latencyP95 = latencyQuantile(95);
export const latencyP99 = latencyQuantile(99);
