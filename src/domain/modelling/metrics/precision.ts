/** @file Precision: of the rows called positive, the share that are. */

import type { Metric } from '../metric';
import { positiveRate, rarestClass, ratePerClass, type ClassRate } from '../classTally';

const rate: ClassRate = (_are, called, right) => [right, called];

/**
 * scikit-learn's `precision_score`. Two classes: TP / (TP + FP), null when nothing is called positive (scikit-learn: 0 with a warning).
 * More: the macro average over the classes in truth or prediction, where a class that is never called counts 0, as in scikit-learn.
 */
export const precision: Metric = {
  name: 'precision',
  shapes: ['binary', 'multiclass'],
  direction: 'higher',
  range: [0, 1],
  weighted: (rows) => ratePerClass(rows, rate),
  proportion: (rows) => positiveRate(rows, rate),
  trials: rarestClass,
};
