/** @file Log-loss: the mean of −ln of the probability given to the true class. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { weightedMean } from '../lossMean';
import { classified } from '../scoredRows';

const weighted = (given: ScoredRows): WeightedMetric => {
  const { truth, classes, probabilities } = classified(given);
  const losses = new Float64Array(truth.length);
  for (let i = 0; i < losses.length; i++) {
    const probability = probabilities[i * classes + truth[i]!]!;
    losses[i] = -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
  }
  return weightedMean(losses);
};

/** scikit-learn's `log_loss` of float64 probabilities, which it clips to [ε, 1 − ε] with ε = 2^−52; natural logarithm. Null without rows. */
export const logLoss: Metric = {
  name: 'log_loss',
  shapes: ['binary', 'multiclass'],
  direction: 'lower',
  range: [0, null],
  weighted,
};
