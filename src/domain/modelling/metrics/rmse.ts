/** @file Root mean squared error, in the unit of the target. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { weightedMean } from '../lossMean';
import { regressed } from '../scoredRows';

const weighted = (given: ScoredRows): WeightedMetric => {
  const { truth, predicted } = regressed(given);
  const meanSquare = weightedMean(truth.map((value, i) => (value - predicted[i]!) ** 2));
  return (counts) => {
    const mean = meanSquare(counts);
    return mean === null ? null : Math.sqrt(mean);
  };
};

/** scikit-learn's `root_mean_squared_error`. Null without rows. */
export const rmse: Metric = { name: 'rmse', shapes: ['regression'], direction: 'lower', range: [0, null], weighted };
