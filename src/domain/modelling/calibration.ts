/** @file Calibration: does what is given 70 % happen in 70 % of cases? Reliability bins and the expected calibration error. */

import { estimateOf } from './estimate';
import type { Interval } from './interval';
import type { ScoredRows } from './metric';
import { accuracy } from './metrics/accuracy';
import type { Resampling } from './resampling';
import { takenGroups } from './rowGroups';
import { classified, isClass, scoresOf } from './scoredRows';
import { wilson } from './wilson';
import { valueAt } from '../quantile';

export interface ReliabilityBin {
  /** A score s belongs to the bin when from < s ≤ to; the first bin also holds everything below, the last everything above. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean score; null in an empty bin. */
  readonly meanScore: number | null;
  /** Share of rows in which the event happened; null in an empty bin. */
  readonly observed: number | null;
  /** 95 % interval of the share: Wilson's, or over whole groups; null where there is none, as in an empty bin. */
  readonly interval: Interval | null;
}

export interface Reliability {
  readonly binning: 'equalWidth' | 'equalCount';
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error over these bins: Σ n/N × |observed − mean score|. It depends on the bins. Null without rows. */
  readonly error: number | null;
}

/**
 * Bins of equal width on [0, 1], or of equal count (edges at the quantiles of the scores; ties fall together, so a bin may stay empty).
 * Edges and membership are those of scikit-learn's `calibration_curve`.
 * @param scores n probabilities. @param events n flags: 1 where it happened. @param resampling for rows that come in groups.
 * @throws RangeError unless bins is a whole number from 1 on.
 */
export function reliability(scores: Float64Array, events: Uint8Array, binning: Reliability['binning'], bins = 10, resampling?: Resampling): Reliability {
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`a whole number of bins from 1 on, not ${bins}`);
  const n = scores.length;
  const sorted = binning === 'equalCount' && n > 0 ? scores.slice().sort() : null;
  // One division, so that a place which is a whole number stays one and its score falls on the right side of the edge.
  const edges = Float64Array.from({ length: bins + 1 }, (_, b) => (sorted ? valueAt(sorted, (b * (n - 1)) / bins) : b / bins));
  const counts = new Float64Array(bins);
  const sums = new Float64Array(bins);
  const happened = new Float64Array(bins);
  const binOf = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const score = scores[i]!;
    let bin = 0;
    let end = bins - 1;
    while (bin < end) {
      const middle = (bin + end) >> 1;
      if (edges[middle + 1]! < score) bin = middle + 1;
      else end = middle;
    }
    binOf[i] = bin;
    counts[bin]! += 1;
    sums[bin]! += score;
    happened[bin]! += events[i]!;
  }
  let error = 0;
  const found = Array.from(counts, (count, b): ReliabilityBin => {
    const place = { from: edges[b]!, to: edges[b + 1]!, n: count };
    if (count === 0) return { ...place, meanScore: null, observed: null, interval: null };
    error += Math.abs(happened[b]! - sums[b]!) / n;
    const interval = resampling?.groups === undefined ? wilson(happened[b]!, count) : intervalOverGroups(events, binOf, b, resampling);
    return { ...place, meanScore: sums[b]! / count, observed: happened[b]! / count, interval };
  });
  return { binning, bins: found, error: n === 0 ? null : error };
}

/** The interval of the share of events in a bin: that of the accuracy of saying "it happens" to each of its rows. */
function intervalOverGroups(events: Uint8Array, binOf: Uint32Array, bin: number, resampling: Resampling): Interval | null {
  const inside = Uint32Array.from(binOf.keys()).filter((i) => binOf[i] === bin);
  const happens = new Int32Array(inside.length).fill(1);
  const predicted = Int32Array.from(inside, (i) => events[i]!);
  const rows: ScoredRows = { shape: 'binary', classes: 2, positive: 1, truth: happens, predicted, probabilities: new Float64Array(2 * inside.length) };
  const { low, high } = estimateOf(accuracy, rows, { ...resampling, groups: resampling.groups && takenGroups(resampling.groups, inside) });
  return low === null || high === null ? null : { low, high };
}

/** Two classes: the positive class's probability against its truth. More: the predicted class's probability against being right. */
export function reliabilityOf(given: ScoredRows, binning: Reliability['binning'], bins = 10, resampling?: Resampling): Reliability {
  const rows = classified(given);
  if (rows.positive !== null) return reliability(scoresOf(rows, rows.positive), isClass(rows, rows.positive), binning, bins, resampling);
  const scores = new Float64Array(rows.truth.length);
  const right = new Uint8Array(rows.truth.length);
  for (let i = 0; i < scores.length; i++) {
    scores[i] = rows.probabilities[i * rows.classes + rows.predicted[i]!]!;
    right[i] = rows.truth[i] === rows.predicted[i] ? 1 : 0;
  }
  return reliability(scores, right, binning, bins, resampling);
}
