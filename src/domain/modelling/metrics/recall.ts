/** @file Recall: of the positive rows, the share that were found. */

import type { Metric } from '../metric';
import { positiveRate, rarestClass, ratePerClass, type ClassRate } from '../classTally';

const rate: ClassRate = (are, _called, right) => [right, are];

/**
 * scikit-learn's `recall_score`. Two classes: TP / (TP + FN), null when nothing is positive (scikit-learn: 0 with a warning).
 * More: the macro average over the classes in truth or prediction, where a class that is never true counts 0, as in scikit-learn.
 */
export const recall: Metric = {
  name: 'recall',
  shapes: ['binary', 'multiclass'],
  direction: 'higher',
  range: [0, 1],
  weighted: (rows) => ratePerClass(rows, rate),
  proportion: (rows) => positiveRate(rows, rate),
  trials: rarestClass,
};
