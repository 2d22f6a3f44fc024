/** @file The ROC curve of two classes: true-positive rate against false-positive rate, threshold by threshold. */

import { mostCurvePoints, thinnedIndices } from './curveThinning';
import type { ScoredRows } from './metric';
import { rankedScores } from './rankArea';
import { binary, isClass, scoresOf } from './scoredRows';

/** One point a threshold, thresholds falling. A row is called positive when its score is at least the threshold. */
export interface RocCurve {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  /** The first is Infinity: nothing is called positive. */
  readonly thresholds: Float64Array;
}

/**
 * Every distinct score is a threshold: scikit-learn's `roc_curve(drop_intermediate=False)`. Null when only one class occurs.
 * @throws TypeError unless the rows are binary.
 */
export function rocCurve(given: ScoredRows): RocCurve | null {
  const { rows, positive } = binary(given);
  const scores = scoresOf(rows, positive);
  const ranked = rankedScores(scores, isClass(rows, positive), true);
  const points = ranked.last.reduce((sum, one) => sum + one, 1);
  const falsePositiveRate = new Float64Array(points);
  const truePositiveRate = new Float64Array(points);
  const thresholds = new Float64Array(points);
  thresholds[0] = Infinity;
  let hits = 0;
  let alarms = 0;
  for (let i = 0, at = 1; i < ranked.row.length; i++) {
    hits += ranked.positive[i]!;
    alarms += 1 - ranked.positive[i]!;
    if (ranked.last[i] === 0) continue;
    truePositiveRate[at] = hits;
    falsePositiveRate[at] = alarms;
    thresholds[at++] = scores[ranked.row[i]!]!;
  }
  if (hits === 0 || alarms === 0) return null;
  for (let at = 0; at < points; at++) {
    truePositiveRate[at] = truePositiveRate[at]! / hits;
    falsePositiveRate[at] = falsePositiveRate[at]! / alarms;
  }
  return { falsePositiveRate, truePositiveRate, thresholds };
}

/** At most `most` points: the ends, the convex hull and an even choice of the rest. */
export function thinnedRoc(curve: RocCurve, most: number = mostCurvePoints): RocCurve {
  const keep = thinnedIndices(curve.falsePositiveRate, curve.truePositiveRate, most);
  const chosen = (values: Float64Array): Float64Array => Float64Array.from(keep, (i) => values[i]!);
  return { falsePositiveRate: chosen(curve.falsePositiveRate), truePositiveRate: chosen(curve.truePositiveRate), thresholds: chosen(curve.thresholds) };
}
