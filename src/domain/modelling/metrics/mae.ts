/** @file Mean absolute error, in the unit of the target. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { weightedMean } from '../lossMean';
import { regressed } from '../scoredRows';

const weighted = (given: ScoredRows): WeightedMetric => {
  const { truth, predicted } = regressed(given);
  return weightedMean(truth.map((value, i) => Math.abs(value - predicted[i]!)));
};

/** scikit-learn's `mean_absolute_error`. Null without rows. */
export const mae: Metric = { name: 'mae', shapes: ['regression'], direction: 'lower', range: [0, null], weighted };
