/** @file The mean of per-row losses from counts. What log-loss, Brier score and mean absolute error are made of. */

import type { WeightedMetric } from './metric';

/** Σ count × loss / Σ count. Null without rows. */
export function weightedMean(losses: Float64Array): WeightedMetric {
  const n = losses.length;
  return (counts) => {
    let sum = 0;
    let rows = 0;
    for (let i = 0; i < n; i++) {
      const count = counts[i]!;
      sum += count * losses[i]!;
      rows += count;
    }
    return rows === 0 ? null : sum / rows;
  };
}
