/** @file How many rows would settle a criterion that is undecided, for metrics that are plain shares of rows. */

import { z95 } from './interval';

/**
 * The fewest rows from which Wilson's 95 % interval of a share that stays as it is no longer holds the target: n = z² t(1 − t) / (p − t)²,
 * Wilson's interval turned round. Null where no number of rows settles it: the share is the target, or the target is 0 or 1 and not beyond reach.
 * @param share the observed share, 0 to 1. @param target 0 to 1.
 */
export function rowsToSettle(share: number, target: number): number | null {
  if (!(share >= 0 && share <= 1 && target >= 0 && target <= 1) || share === target) return null;
  const rows = (z95 * z95 * target * (1 - target)) / (share - target) ** 2;
  return Math.floor(rows) + 1;
}
