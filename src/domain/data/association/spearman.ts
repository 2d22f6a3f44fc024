/** @file Spearman's rank correlation: Pearson's correlation of ranks, equal values sharing the mean of their ranks. */

import { midranks, numberOrder } from '../numberOrder';
import { pearson } from './pearson';

/** Ranks of a target among its known values: every column that lacks none of its rows is compared with the same. */
const ranks = new WeakMap<Float64Array, Float64Array>();

function ranksOfKnown(y: Float64Array, known: Float64Array): Float64Array {
  let found = ranks.get(y);
  if (found === undefined) ranks.set(y, (found = midranks(known, numberOrder(known))));
  return found;
}

/** Over rows where both are known. @param y the target: it may not be changed afterwards. Null with fewer than two rows or without variance. Agrees with `scipy.stats.spearmanr`. */
export function spearman(x: Float64Array, y: Float64Array): { readonly value: number; readonly n: number } | null {
  let n = 0;
  let known = 0;
  for (let row = 0; row < x.length; row++) {
    if (y[row]! !== y[row]!) continue;
    known++;
    if (x[row]! === x[row]!) n++;
  }
  const pairedX = new Float64Array(n);
  const pairedY = new Float64Array(n);
  for (let row = 0, i = 0; row < x.length; row++) {
    if (x[row]! !== x[row]! || y[row]! !== y[row]!) continue;
    pairedX[i] = x[row]!;
    pairedY[i++] = y[row]!;
  }
  return pearson(midranks(pairedX, numberOrder(pairedX)), n === known ? ranksOfKnown(y, pairedY) : midranks(pairedY, numberOrder(pairedY)));
}
