/** @file Average precision of two classes: precision at every threshold, weighted by the recall gained there. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { rankedScores } from '../rankArea';
import { binary, isClass, scoresOf } from '../scoredRows';

const weighted = (given: ScoredRows): WeightedMetric => {
  const { rows, positive } = binary(given);
  const ranked = rankedScores(scoresOf(rows, positive), isClass(rows, positive), true);
  const { row, last } = ranked;
  const n = row.length;
  return (counts) => {
    let sum = 0;
    let found = 0;
    let called = 0;
    let group = 0;
    for (let i = 0; i < n; i++) {
      const count = counts[row[i]!]!;
      called += count;
      group += count * ranked.positive[i]!;
      if (last[i] === 1 && group > 0) {
        found += group;
        sum += (group * found) / called;
        group = 0;
      }
    }
    return found === 0 ? null : sum / found;
  };
};

/**
 * scikit-learn's `average_precision_score`: Σ (Rᵢ − Rᵢ₋₁) Pᵢ over falling thresholds, equal scores together, no interpolation.
 * Null when nothing is positive (scikit-learn: 0 with a warning).
 */
export const averagePrecision: Metric = {
  name: 'average_precision',
  shapes: ['binary'],
  direction: 'higher',
  range: [0, 1],
  weighted,
};
