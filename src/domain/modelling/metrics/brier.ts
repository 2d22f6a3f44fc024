/** @file Brier score of two classes: the mean squared error of the positive class's probability. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { weightedMean } from '../lossMean';
import { binary, isClass, scoresOf } from '../scoredRows';

const weighted = (given: ScoredRows): WeightedMetric => {
  const { rows, positive } = binary(given);
  const losses = scoresOf(rows, positive);
  const truth = isClass(rows, positive);
  for (let i = 0; i < losses.length; i++) losses[i] = (losses[i]! - truth[i]!) ** 2;
  return weightedMean(losses);
};

/** scikit-learn's `brier_score_loss`: mean of (p − y)² with y = 1 for the positive class. Null without rows. */
export const brier: Metric = {
  name: 'brier',
  shapes: ['binary'],
  direction: 'lower',
  range: [0, 1],
  weighted,
};
