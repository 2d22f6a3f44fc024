/** @file The exact (Clopper–Pearson) interval of a proportion, for rare events. */

import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { confidence, type Interval } from './interval';

/**
 * Clopper and Pearson (1934): the shares that an exact two-sided binomial test would not reject, by quantiles of the beta distribution.
 * It covers at least the stated confidence, so it is wider than Wilson's. Null when `of` is 0.
 * @throws RangeError unless successes and of are whole, 0 ≤ successes ≤ of and 0 < level < 1.
 */
export function clopperPearson(successes: number, of: number, level: number = confidence): Interval | null {
  if (!Number.isInteger(successes) || !Number.isInteger(of) || successes < 0 || successes > of || !(level > 0 && level < 1)) {
    throw new RangeError(`no proportion: ${successes} of ${of} at ${level}`);
  }
  if (of === 0) return null;
  const tail = (1 - level) / 2;
  const failures = of - successes;
  return {
    // With none (or all) the beta quantile has a closed form.
    low: successes === 0 ? 0 : failures === 0 ? Math.exp(Math.log(tail) / of) : betaQuantile(tail, successes, failures + 1),
    high: failures === 0 ? 1 : successes === 0 ? -Math.expm1(Math.log(tail) / of) : betaQuantile(1 - tail, successes + 1, failures),
  };
}
