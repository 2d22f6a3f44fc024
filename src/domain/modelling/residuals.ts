/** @file Residuals of a regression: truth minus prediction, summed up and sampled for a chart. */

import { seeded } from '../random';
import type { ScoredRows } from './metric';
import { regressed } from './scoredRows';
import { quantile } from '../quantile';

export interface ResidualSummary {
  readonly n: number;
  /** Mean and sample standard deviation (n − 1); null where too few rows. Unit of the target. */
  readonly mean: number | null;
  readonly deviation: number | null;
  /** Linear between neighbours, in the order of `residualShares`. Empty without rows. */
  readonly quantiles: readonly { readonly share: number; readonly value: number }[];
  readonly histogram: Histogram;
}

/** Counts of values in [edges[i], edges[i + 1]); the last bin holds its upper edge too. */
export interface Histogram {
  readonly edges: Float64Array;
  readonly counts: Uint32Array;
}

export interface ResidualPoints {
  /** Indices of the sampled rows, ascending. */
  readonly rows: Uint32Array;
  readonly predicted: Float64Array;
  readonly residuals: Float64Array;
}

export const residualShares: readonly number[] = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

/** Truth − predicted, one a row. @throws TypeError for classification. */
export function residualsOf(rows: ScoredRows): Float64Array {
  const { truth, predicted } = regressed(rows);
  return truth.map((value, i) => value - predicted[i]!);
}

/** Moments, quantiles and a histogram of equal bins between the smallest and the largest residual. */
export function residualSummary(rows: ScoredRows, bins = 30): ResidualSummary {
  const sorted = residualsOf(rows).sort();
  const n = sorted.length;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const step = sorted[i]! - mean;
    mean += step / (i + 1);
    squares += step * (sorted[i]! - mean);
  }
  return {
    n,
    mean: n === 0 ? null : mean,
    deviation: n < 2 ? null : Math.sqrt(squares / (n - 1)),
    quantiles: n === 0 ? [] : residualShares.map((share) => ({ share, value: quantile(sorted, share) })),
    histogram: histogramOf(sorted, bins),
  };
}

/** Values all alike get one bin of width 0. @throws RangeError unless bins is a whole number from 1 on. */
function histogramOf(sorted: Float64Array, bins: number): Histogram {
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`a whole number of bins from 1 on, not ${bins}`);
  const n = sorted.length;
  if (n === 0) return { edges: new Float64Array(0), counts: new Uint32Array(0) };
  const low = sorted[0]!;
  const high = sorted[n - 1]!;
  if (low === high) return { edges: Float64Array.of(low, high), counts: Uint32Array.of(n) };
  const edges = Float64Array.from({ length: bins + 1 }, (_, b) => (b === bins ? high : low + ((high - low) * b) / bins));
  const counts = new Uint32Array(bins);
  let bin = 0;
  for (const value of sorted) {
    while (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]! += 1;
  }
  return { edges, counts };
}

/** Residual against prediction for all rows, or a seeded sample of `most` of them without replacement. */
export function residualPoints(rows: ScoredRows, most: number, seed: number): ResidualPoints {
  const { predicted } = regressed(rows);
  const residuals = residualsOf(rows);
  const chosen = Uint32Array.from({ length: residuals.length }, (_, i) => i);
  const kept = chosen.length <= most ? chosen : seeded(seed).shuffle(chosen).slice(0, most).sort();
  return { rows: kept, predicted: Float64Array.from(kept, (i) => predicted[i]!), residuals: Float64Array.from(kept, (i) => residuals[i]!) };
}
