/** @file Area under the ROC curve of three or more classes: each against the rest, averaged. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { rarestClass } from '../classTally';
import { weightedArea } from '../rankArea';
import { classified, isClass, scoresOf } from '../scoredRows';

const weighted = (given: ScoredRows): WeightedMetric => {
  const rows = classified(given);
  const areas: WeightedMetric[] = [];
  for (let k = 0; k < rows.classes; k++) areas.push(weightedArea(scoresOf(rows, k), isClass(rows, k)));
  return (counts) => {
    let sum = 0;
    for (const area of areas) {
      const one = area(counts);
      if (one === null) return null;
      sum += one;
    }
    return areas.length === 0 ? null : sum / areas.length;
  };
};

/** scikit-learn's `roc_auc_score(multi_class='ovr', average='macro')`. Null when a class does not occur. */
export const rocAucOvr: Metric = {
  name: 'roc_auc_ovr',
  shapes: ['multiclass'],
  direction: 'higher',
  range: [0, 1],
  weighted,
  passes: (rows) => classified(rows).classes,
  trials: rarestClass,
};
