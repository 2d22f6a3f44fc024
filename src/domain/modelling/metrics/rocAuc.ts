/** @file Area under the ROC curve of two classes: the chance that a positive row scores above a negative one. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { rarestClass } from '../classTally';
import { weightedArea } from '../rankArea';
import { binary, isClass, scoresOf } from '../scoredRows';

const weighted = (given: ScoredRows): WeightedMetric => {
  const { rows, positive } = binary(given);
  return weightedArea(scoresOf(rows, positive), isClass(rows, positive));
};

/** scikit-learn's `roc_auc_score`: ties count one half. Null when only one class occurs. */
export const rocAuc: Metric = {
  name: 'roc_auc',
  shapes: ['binary'],
  direction: 'higher',
  range: [0, 1],
  weighted,
  trials: rarestClass,
};
