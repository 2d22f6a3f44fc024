/** @file A quantile of measurements with an interval that assumes nothing of their distribution. */

import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import type { Estimate } from '../modelling/metric';
import { quantile } from '../quantile';

/**
 * The quantile (linear between neighbours, numpy's default) with a 95 % interval between two order statistics. The number of n independent
 * measurements below the true quantile q is binomial (n, share), so x₍l₎ ≤ q ≤ x₍u₎ holds with probability ≥ .95 for the largest l with
 * P(X < l) ≤ .025 and the smallest u with P(X ≥ u) ≤ .025, each side for itself (Conover, Practical Nonparametric Statistics, 3.2;
 * scipy's `quantile_test(...).confidence_interval`). With too few measurements there is no such order statistic: no interval.
 * @param share between 0 and 1
 * @param note put after the method's name
 */
export function quantileEstimate(values: readonly number[], share: number, note = ''): Estimate {
  const n = values.length;
  if (n === 0) return { value: null, low: null, high: null, n, method: 'undefined' };
  const sorted = [...values].sort((a, b) => a - b);
  let lower = 0;
  while (lower < n && binomialCdf(lower, n, share) <= 0.025) lower++;
  let upper = n;
  while (upper > 0 && 1 - binomialCdf(upper - 1, n, share) <= 0.025) upper--;
  // `upper` is now the largest u' with P(X ≥ u') > .025: the one after it serves, where there is one.
  const [low, high] = lower > 0 && upper < n ? [sorted[lower - 1]!, sorted[upper]!] : [null, null];
  return { value: quantile(sorted, share), low, high, n, method: `order statistics${note}` };
}
