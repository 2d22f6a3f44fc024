/** @file Balanced accuracy: the mean of the classes' recalls. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { rarestClass, tallied } from '../classTally';

const weighted = (rows: ScoredRows): WeightedMetric =>
  tallied(rows, ({ are, right }) => {
    let sum = 0;
    let classes = 0;
    for (let k = 0; k < are.length; k++) {
      if (are[k] === 0) continue;
      sum += right[k]! / are[k]!;
      classes++;
    }
    return classes === 0 ? null : sum / classes;
  });

/** scikit-learn's `balanced_accuracy_score`: the mean over the classes that occur in the truth. Null without rows. */
export const balancedAccuracy: Metric = {
  name: 'balanced_accuracy',
  shapes: ['binary', 'multiclass'],
  direction: 'higher',
  range: [0, 1],
  weighted,
  trials: rarestClass,
};
