/** @file F1: the harmonic mean of precision and recall. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { macro, rarestClass, tallied } from '../classTally';
import { binary, overAllRows } from '../scoredRows';

const weighted = (rows: ScoredRows): WeightedMetric => {
  if (rows.shape !== 'binary') return tallied(rows, (tally) => macro(tally, (are, called, right) => (2 * right) / (are + called)));
  const { positive } = binary(rows);
  return tallied(rows, ({ are, called, right }) => {
    const denominator = are[positive]! + called[positive]!;
    return denominator === 0 ? null : (2 * right[positive]!) / denominator;
  });
};

/**
 * scikit-learn's `f1_score`. Two classes: 2TP / (2TP + FP + FN), null when nothing is positive or called so (scikit-learn: 0 with a warning).
 * More: the macro average over the classes in truth or prediction.
 */
export const f1: Metric = {
  name: 'f1',
  shapes: ['binary', 'multiclass'],
  direction: 'higher',
  range: [0, 1],
  value: overAllRows(weighted),
  weighted,
  trials: rarestClass,
};
