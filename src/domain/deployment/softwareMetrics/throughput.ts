/** @file `throughput`: rows a second in whole batches, the median over passes. */

import { quantileEstimate } from '../orderStatistics';
import type { SoftwareMetric } from '../softwareMetric';

export const throughput: SoftwareMetric = {
  name: 'throughput',
  unit: 'rows/s',
  direction: 'higher',
  range: [0, null],
  estimate: ({ passes }) => quantileEstimate(passes, 0.5),
};
