/** @file Recall: of the positive rows, the share that were found. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { macro, rarestClass, tallied, tallyOf } from '../classTally';
import { binary, overAllRows } from '../scoredRows';

const weighted = (rows: ScoredRows): WeightedMetric => {
  if (rows.shape !== 'binary') return tallied(rows, (tally) => macro(tally, (are, _called, right) => (are === 0 ? 0 : right / are)));
  const { positive } = binary(rows);
  return tallied(rows, ({ are, right }) => (are[positive] === 0 ? null : right[positive]! / are[positive]!));
};

/**
 * scikit-learn's `recall_score`. Two classes: TP / (TP + FN), null when nothing is positive (scikit-learn: 0 with a warning).
 * More: the macro average over the classes in truth or prediction, where a class that is never true counts 0, as in scikit-learn.
 */
export const recall: Metric = {
  name: 'recall',
  shapes: ['binary', 'multiclass'],
  direction: 'higher',
  range: [0, 1],
  value: overAllRows(weighted),
  weighted,
  proportion(rows) {
    if (rows.shape !== 'binary') return null;
    const { positive } = binary(rows);
    const tally = tallyOf(rows);
    return { successes: tally.right[positive]!, of: tally.are[positive]! };
  },
  trials: rarestClass,
};
