/** @file Area under the ROC curve from counts: the share of pairs that are ranked rightly, a tie counting one half. */

import type { WeightedMetric } from './metric';

/** Scores in order with the ends of their ties, sorted once. */
export interface RankedScores {
  /** Row of each place. */
  readonly row: Uint32Array;
  /** 1 where the row of that place is positive. */
  readonly positive: Uint8Array;
  /** 1 at the last place of a group of equal scores. */
  readonly last: Uint8Array;
}

/** Ranks the rows by score: ascending, or descending. O(n log n). */
export function rankedScores(scores: Float64Array, positive: Uint8Array, descending: boolean): RankedScores {
  const n = scores.length;
  const row = new Uint32Array(n);
  for (let i = 0; i < n; i++) row[i] = i;
  row.sort(descending ? (a, b) => scores[b]! - scores[a]! : (a, b) => scores[a]! - scores[b]!);
  const ranked = { row, positive: new Uint8Array(n), last: new Uint8Array(n) };
  for (let i = 0; i < n; i++) {
    ranked.positive[i] = positive[row[i]!]!;
    ranked.last[i] = i === n - 1 || scores[row[i]!] !== scores[row[i + 1]!] ? 1 : 0;
  }
  return ranked;
}

/**
 * (Σ over tie groups of positives × (negatives below + half the negatives in the group)) / (positives × negatives): Mann–Whitney.
 * Null when one class is missing. Sums of whole and half numbers: exact up to 2^52.
 */
export function weightedArea(scores: Float64Array, isPositive: Uint8Array): WeightedMetric {
  const { row, positive, last } = rankedScores(scores, isPositive, false);
  const n = row.length;
  return (counts) => {
    let area = 0;
    let positives = 0;
    let below = 0;
    let groupPositives = 0;
    let groupNegatives = 0;
    for (let i = 0; i < n; i++) {
      const count = counts[row[i]!]!;
      const hit = count * positive[i]!;
      groupPositives += hit;
      groupNegatives += count - hit;
      if (last[i] === 1) {
        area += groupPositives * (below + groupNegatives / 2);
        positives += groupPositives;
        below += groupNegatives;
        groupPositives = 0;
        groupNegatives = 0;
      }
    }
    return positives === 0 || below === 0 ? null : area / (positives * below);
  };
}
