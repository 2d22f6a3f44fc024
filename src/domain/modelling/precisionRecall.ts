/** @file The precision–recall curve of two classes, threshold by threshold. */

import { mostCurvePoints, thinnedIndices } from './curveThinning';
import type { ScoredRows } from './metric';
import { rankedScores } from './rankArea';
import { binary, isClass, scoresOf } from './scoredRows';

/** One point a threshold, thresholds rising, recall falling. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** The last is Infinity: nothing is called positive. That end is (recall 0, precision 1) by convention, not by any row. */
  readonly thresholds: Float64Array;
}

/**
 * Every distinct score is a threshold: scikit-learn's `precision_recall_curve`, which leaves the last threshold out. Null when nothing is positive.
 * @throws TypeError unless the rows are binary.
 */
export function precisionRecallCurve(given: ScoredRows): PrecisionRecallCurve | null {
  const { rows, positive } = binary(given);
  const scores = scoresOf(rows, positive);
  const ranked = rankedScores(scores, isClass(rows, positive), true);
  const points = ranked.last.reduce((sum, one) => sum + one, 1);
  const precision = new Float64Array(points);
  const recall = new Float64Array(points);
  const thresholds = new Float64Array(points);
  precision[points - 1] = 1;
  thresholds[points - 1] = Infinity;
  let hits = 0;
  for (let i = 0, at = points - 2; i < ranked.row.length; i++) {
    hits += ranked.positive[i]!;
    if (ranked.last[i] === 0) continue;
    precision[at] = hits / (i + 1);
    recall[at] = hits;
    thresholds[at--] = scores[ranked.row[i]!]!;
  }
  if (hits === 0) return null;
  for (let at = 0; at < points; at++) recall[at] = recall[at]! / hits;
  return { precision, recall, thresholds };
}

/** At most `most` points: the ends, the upper hull and an even choice of the rest. */
export function thinnedPrecisionRecall(curve: PrecisionRecallCurve, most: number = mostCurvePoints): PrecisionRecallCurve {
  const keep = thinnedIndices(curve.recall, curve.precision, most);
  const chosen = (values: Float64Array): Float64Array => Float64Array.from(keep, (i) => values[i]!);
  return { precision: chosen(curve.precision), recall: chosen(curve.recall), thresholds: chosen(curve.thresholds) };
}
