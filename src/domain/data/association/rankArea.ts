/** @file How well one numeric column alone ranks two classes: the area under its ROC curve, ties halved. */

import { numberOrder } from '../numberOrder';

/**
 * (Σ over positives of negatives below + half the negatives equal) / (positives × negatives), over rows where both are known.
 * Null when a class is missing. Mann & Whitney 1947; agrees with scikit-learn's `roc_auc_score`.
 * @param classes class of each row, −1 unknown.
 */
export function rankArea(values: Float64Array, classes: Int32Array, positive: number): { readonly value: number; readonly n: number } | null {
  const order = numberOrder(values);
  let positives = 0;
  let below = 0;
  let area = 0;
  for (let start = 0; start < order.length;) {
    const value = values[order[start]!]!;
    let end = start;
    let hits = 0;
    let others = 0;
    for (; end < order.length && values[order[end]!]! === value; end++) {
      const of = classes[order[end]!]!;
      if (of === positive) hits++;
      else if (of >= 0) others++;
    }
    area += hits * (below + others / 2);
    positives += hits;
    below += others;
    start = end;
  }
  return positives === 0 || below === 0 ? null : { value: area / (positives * below), n: positives + below };
}
