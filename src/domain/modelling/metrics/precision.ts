/** @file Precision: of the rows called positive, the share that are. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { macro, rarestClass, tallied, tallyOf } from '../classTally';
import { binary, overAllRows } from '../scoredRows';

const weighted = (rows: ScoredRows): WeightedMetric => {
  if (rows.shape !== 'binary') return tallied(rows, (tally) => macro(tally, (_are, called, right) => (called === 0 ? 0 : right / called)));
  const { positive } = binary(rows);
  return tallied(rows, ({ called, right }) => (called[positive] === 0 ? null : right[positive]! / called[positive]!));
};

/**
 * scikit-learn's `precision_score`. Two classes: TP / (TP + FP), null when nothing is called positive (scikit-learn: 0 with a warning).
 * More: the macro average over the classes in truth or prediction, where a class that is never called counts 0, as in scikit-learn.
 */
export const precision: Metric = {
  name: 'precision',
  shapes: ['binary', 'multiclass'],
  direction: 'higher',
  range: [0, 1],
  value: overAllRows(weighted),
  weighted,
  proportion(rows) {
    if (rows.shape !== 'binary') return null;
    const { positive } = binary(rows);
    const tally = tallyOf(rows);
    return { successes: tally.right[positive]!, of: tally.called[positive]! };
  },
  trials: rarestClass,
};
