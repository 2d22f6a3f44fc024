/** @file F1: the harmonic mean of precision and recall. */

import type { Metric } from '../metric';
import { rarestClass, ratePerClass } from '../classTally';

/**
 * scikit-learn's `f1_score`. Two classes: 2TP / (2TP + FP + FN), null when nothing is positive or called so (scikit-learn: 0 with a warning).
 * More: the macro average over the classes in truth or prediction.
 */
export const f1: Metric = {
  name: 'f1',
  shapes: ['binary', 'multiclass'],
  direction: 'higher',
  range: [0, 1],
  weighted: (rows) => ratePerClass(rows, (are, called, right) => [2 * right, are + called]),
  trials: rarestClass,
};
