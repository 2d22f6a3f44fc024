/** @file R²: the share of the target's variance that the predictions explain. */

import type { Metric, ScoredRows, WeightedMetric } from '../metric';
import { regressed } from '../scoredRows';

/** A total sum of squares below this share of the raw one is rounding: the drawn rows all have the same truth. */
const rounding = 1e-12;

const weighted = (given: ScoredRows): WeightedMetric => {
  const { truth, predicted } = regressed(given);
  const n = truth.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (truth[i]! - mean) / (i + 1);
  // Centred once, so that the sums of squares of a resample lose no digits to a large mean.
  const centred = truth.map((value) => value - mean);
  const squares = truth.map((value, i) => (value - predicted[i]!) ** 2);
  const constant = truth.every((value) => value === truth[0]);
  return (counts) => {
    if (constant) return null;
    let rows = 0;
    let sum = 0;
    let raw = 0;
    let residual = 0;
    for (let i = 0; i < n; i++) {
      const count = counts[i]!;
      const d = centred[i]!;
      rows += count;
      sum += count * d;
      raw += count * d * d;
      residual += count * squares[i]!;
    }
    if (rows < 2) return null;
    const total = raw - (sum * sum) / rows;
    return total <= rounding * raw ? null : 1 - residual / total;
  };
};

/**
 * scikit-learn's `r2_score`: 1 − Σ(y − ŷ)² / Σ(y − ȳ)². Null for fewer than two rows and when every truth is the same
 * (scikit-learn then puts 1 or 0 in its place).
 */
export const r2: Metric = { name: 'r2', shapes: ['regression'], direction: 'higher', range: [null, 1], weighted };
