/** @file Wilson's score interval of a proportion. */

import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { confidence, z95, type Interval } from './interval';

/**
 * Wilson (1927), without continuity correction: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
 * No successes begin at exactly 0; no failures end at exactly 1. Null when `of` is 0.
 * @throws RangeError unless 0 ≤ successes ≤ of and 0 < level < 1.
 */
export function wilson(successes: number, of: number, level: number = confidence): Interval | null {
  if (!(successes >= 0 && successes <= of) || !(level > 0 && level < 1)) throw new RangeError(`no proportion: ${successes} of ${of} at ${level}`);
  if (of === 0) return null;
  const z = level === confidence ? z95 : normalQuantile(1 - (1 - level) / 2, 0, 1);
  const p = successes / of;
  const square = (z * z) / of;
  const centre = p + square / 2;
  const half = z * Math.sqrt((p * (1 - p)) / of + square / (4 * of));
  return {
    low: successes === 0 ? 0 : Math.max(0, (centre - half) / (1 + square)),
    high: successes === of ? 1 : Math.min(1, (centre + half) / (1 + square)),
  };
}
