/** @file The Wasserstein distance W₁ of two numeric samples: how far values had to be moved, on average. */

import { populationSd, sortedSample } from './sortedSample';

/**
 * W₁ = ∫ |F(x) − G(x)| dx, in the unit of the values. NaN is ignored; NaN when a sample is empty. O(n log n).
 * Equal to `scipy.stats.wasserstein_distance`.
 */
export const wasserstein = (reference: Float64Array, current: Float64Array): number => wassersteinSorted(sortedSample(reference), sortedSample(current));

/** The same for finite samples that are sorted already. */
export function wassersteinSorted(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  const m = b.length;
  if (n === 0 || m === 0) return Number.NaN;
  let i = 0;
  let j = 0;
  let x = Math.min(a[0]!, b[0]!);
  let area = 0;
  while (i < n || j < m) {
    const next = Math.min(i < n ? a[i]! : Infinity, j < m ? b[j]! : Infinity);
    area += Math.abs(i / n - j / m) * (next - x);
    x = next;
    while (i < n && a[i]! === x) i++;
    while (j < m && b[j]! === x) j++;
  }
  return area;
}

/** What W₁ is divided by, so that columns in different units can be put in one order. */
export interface WassersteinScale {
  readonly value: number;
  readonly of: 'reference' | 'pooled';
}

/**
 * The reference's population standard deviation. A constant reference has none, and any change would be infinite: then the
 * sd of both samples together, which is positive as soon as they differ. 1 when all values are one and the same.
 */
export function wassersteinScale(a: Float64Array, b: Float64Array): WassersteinScale {
  const sd = populationSd(a);
  if (sd > 0) return { value: sd, of: 'reference' };
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  const pooled = populationSd(both);
  return { value: pooled > 0 ? pooled : 1, of: 'pooled' };
}
