/** @file From probabilities to decisions: what every threshold would cost, which is best, and the decisions under one. */

import type { ScoredRows } from './metric';
import { binary } from './scoredRows';

/** Cost of one row in each cell, in one unit of the user's; a gain is negative. */
export interface CellCosts {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

/** What happens when a row is called positive from this probability on. */
export interface ThresholdOutcome {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** Null where the denominator is zero. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** Σ cells × costs. */
  readonly cost: number;
}

/** Errors cost 1, right answers nothing. */
export const errorCosts: CellCosts = { truePositive: 0, falsePositive: 1, falseNegative: 1, trueNegative: 0 };

/** 0.01, 0.02 … 0.99. */
export const thresholdGrid: readonly number[] = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

/** The outcome at each threshold of the grid, in its order. O(n log n + grid log n). @throws TypeError unless the rows are binary. */
export function thresholdOutcomes(given: ScoredRows, costs: CellCosts = errorCosts, grid: readonly number[] = thresholdGrid): ThresholdOutcome[] {
  const { rows, positive } = binary(given);
  const n = rows.truth.length;
  let positives = 0;
  for (const truth of rows.truth) if (truth === positive) positives++;
  const ofPositives = new Float64Array(positives);
  const ofNegatives = new Float64Array(n - positives);
  for (let i = 0, p = 0, q = 0; i < n; i++) {
    const score = rows.probabilities[i * rows.classes + positive]!;
    if (rows.truth[i] === positive) ofPositives[p++] = score;
    else ofNegatives[q++] = score;
  }
  ofPositives.sort();
  ofNegatives.sort();
  return grid.map((threshold) => {
    const falseNegatives = countBelow(ofPositives, threshold);
    const trueNegatives = countBelow(ofNegatives, threshold);
    const truePositives = positives - falseNegatives;
    const falsePositives = n - positives - trueNegatives;
    const called = truePositives + falsePositives;
    return {
      threshold,
      truePositives,
      falsePositives,
      falseNegatives,
      trueNegatives,
      precision: called === 0 ? null : truePositives / called,
      recall: positives === 0 ? null : truePositives / positives,
      f1: called + positives === 0 ? null : (2 * truePositives) / (called + positives),
      cost:
        truePositives * costs.truePositive + falsePositives * costs.falsePositive + falseNegatives * costs.falseNegative + trueNegatives * costs.trueNegative,
    };
  });
}

/** Values strictly below a limit, among ascending ones. */
function countBelow(ascending: Float64Array, limit: number): number {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle]! < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The cheapest outcome, or the one of highest F1; among equals the threshold nearest to 0.5, then the lower. Null when there is none. */
export function bestThreshold(outcomes: readonly ThresholdOutcome[], by: 'cost' | 'f1'): ThresholdOutcome | null {
  let best: ThresholdOutcome | null = null;
  const worth = (outcome: ThresholdOutcome): number => (by === 'cost' ? -outcome.cost : outcome.f1!);
  for (const outcome of outcomes) {
    if (by === 'f1' && outcome.f1 === null) continue;
    if (best === null || worth(outcome) > worth(best) || (worth(outcome) === worth(best) && isPlainer(outcome.threshold, best.threshold))) best = outcome;
  }
  return best;
}

function isPlainer(threshold: number, than: number): boolean {
  const nearer = Math.abs(than - 0.5) - Math.abs(threshold - 0.5);
  // 0.3 and 0.7 are equally far from one half; floating point would say otherwise.
  return Math.abs(nearer) < 1e-12 ? threshold < than : nearer > 0;
}

/**
 * One class index a row. With a positive class and a threshold: positive where its probability is at least the threshold, else the other class.
 * Otherwise the most probable class; ties go to the lower index.
 * @param probabilities n × classes, row-major.
 */
export function decide(probabilities: Float64Array, classes: number, positive: number | null, threshold: number | null): Int32Array {
  const decided = new Int32Array(probabilities.length / classes);
  if (classes === 2 && positive !== null && threshold !== null) {
    for (let i = 0; i < decided.length; i++) decided[i] = probabilities[2 * i + positive]! >= threshold ? positive : 1 - positive;
    return decided;
  }
  for (let i = 0, row = 0; i < decided.length; i++, row += classes) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (probabilities[row + k]! > probabilities[row + best]!) best = k;
    decided[i] = best;
  }
  return decided;
}
