/** @file Intervals from resampled values: percentile and BCa from the bootstrap, Student's from blocks left out. */

import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { quantile } from '../quantile';
import { confidence, z95, type Interval } from './interval';

/** Above this share of undefined resamples the ends of the interval are unknown. */
const mostUndefined = 0.05;

/** The defined values, ascending; undefined (NaN) ones are left out. */
export function sortedReplicates(replicates: Float64Array): Float64Array {
  return replicates.filter((value) => !Number.isNaN(value)).sort();
}

/** What the bootstrap has to say: an interval, no width at all, or too few defined resamples. */
export type BootstrapInterval =
  | { readonly kind: 'interval'; readonly interval: Interval; readonly form: 'BCa' | 'percentile'; readonly undefinedCount: number }
  | { readonly kind: 'alike' }
  | { readonly kind: 'mostlyUndefined'; readonly undefinedCount: number };

/** The percentile interval: the 2.5 % and 97.5 % quantiles of the replicates. */
export function percentileInterval(replicates: Float64Array): BootstrapInterval {
  return bcaInterval(NaN, replicates, new Float64Array(0));
}

/**
 * Efron's bias-corrected and accelerated interval (1987). The bias comes from the share of replicates below the value, ties counting half;
 * the acceleration from values with blocks left out (whose skewness, over √blocks, estimates that of single rows over √n).
 * Where the correction does not exist (a value outside all replicates) the percentile interval is given instead.
 */
export function bcaInterval(value: number, replicates: Float64Array, leftOut: Float64Array): BootstrapInterval {
  const sorted = sortedReplicates(replicates);
  const undefinedCount = replicates.length - sorted.length;
  if (sorted.length === 0 || undefinedCount > mostUndefined * replicates.length) return { kind: 'mostlyUndefined', undefinedCount };
  if (sorted[0] === sorted.at(-1)) return { kind: 'alike' };
  let lowShare = (1 - confidence) / 2;
  let highShare = 1 - lowShare;
  const bias = normalQuantile(shareBelow(sorted, value), 0, 1);
  const form = Number.isFinite(bias) ? 'BCa' : 'percentile';
  if (form === 'BCa') {
    const acceleration = accelerationOf(leftOut);
    const shifted = (z: number): number => normalCdf(bias + (bias + z) / Math.max(1e-3, 1 - acceleration * (bias + z)), 0, 1);
    lowShare = shifted(-z95);
    highShare = shifted(z95);
  }
  return { kind: 'interval', interval: { low: quantile(sorted, lowShare), high: quantile(sorted, highShare) }, form, undefinedCount };
}

function shareBelow(ascending: Float64Array, value: number): number {
  let twice = 0;
  for (const one of ascending) twice += one < value ? 2 : one === value ? 1 : 0;
  return Number.isNaN(value) ? 0 : twice / (2 * ascending.length);
}

/** Σ(m − x)³ / 6(Σ(m − x)²)^1.5 over the left-out values x with mean m; 0 where one is undefined or all are alike. */
function accelerationOf(leftOut: Float64Array): number {
  const mean = leftOut.reduce((sum, one) => sum + one, 0) / leftOut.length;
  let squares = 0;
  let cubes = 0;
  for (const one of leftOut) {
    squares += (mean - one) ** 2;
    cubes += (mean - one) ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

/** Standard error from G blocks left out in turn: √((G − 1)/G Σ(x − m)²) (Shao and Wu 1989). NaN where one value is undefined. */
export function jackknifeError(leftOut: Float64Array): number {
  const mean = leftOut.reduce((sum, one) => sum + one, 0) / leftOut.length;
  const squares = leftOut.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return Math.sqrt(((leftOut.length - 1) / leftOut.length) * squares);
}

/** Half the width of the 95 % interval from G left-out values: Student's quantile of G − 1 degrees times the standard error. */
export const jackknifeHalfWidth = (leftOut: Float64Array): number => tQuantile(1 - (1 - confidence) / 2, leftOut.length - 1) * jackknifeError(leftOut);
