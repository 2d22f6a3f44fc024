/** @file Accuracy: the share of rows whose predicted class is the true one. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { tallied, tallyOf, type ClassTally } from '../classTally';

function sums(tally: ClassTally): { successes: number; of: number } {
  let successes = 0;
  let of = 0;
  for (let k = 0; k < tally.are.length; k++) {
    successes += tally.right[k]!;
    of += tally.are[k]!;
  }
  return { successes, of };
}

const weighted = (rows: ScoredRows): WeightedMetric =>
  tallied(rows, (tally) => {
    const { successes, of } = sums(tally);
    return of === 0 ? null : successes / of;
  });

/** scikit-learn's `accuracy_score`. Null without rows. */
export const accuracy: Metric = {
  name: 'accuracy',
  shapes: ['binary', 'multiclass'],
  direction: 'higher',
  range: [0, 1],
  weighted,
  proportion: (rows) => sums(tallyOf(rows)),
};
