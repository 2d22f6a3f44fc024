/** @file Spearman's rank correlation: Pearson's correlation of ranks, equal values sharing the mean of their ranks. */

import { midranks, numberOrder } from '../numberOrder';
import { pearson } from './pearson';

/** Over rows where both are known. Null with fewer than two rows or without variance. Agrees with `scipy.stats.spearmanr`. */
export function spearman(x: Float64Array, y: Float64Array): { readonly value: number; readonly n: number } | null {
  let n = 0;
  for (let row = 0; row < x.length; row++) if (x[row]! === x[row]! && y[row]! === y[row]!) n++;
  const pairedX = new Float64Array(n);
  const pairedY = new Float64Array(n);
  for (let row = 0, i = 0; row < x.length; row++) {
    if (x[row]! !== x[row]! || y[row]! !== y[row]!) continue;
    pairedX[i] = x[row]!;
    pairedY[i++] = y[row]!;
  }
  return pearson(midranks(pairedX, numberOrder(pairedX)), midranks(pairedY, numberOrder(pairedY)));
}
