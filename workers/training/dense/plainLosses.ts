/** @file The losses of one row and their slopes, for the twin. */

import { exp64, log64 } from '../../../src/domain/exactMath';
import type { Numbers } from '../savedState';
import type { LossKind } from './shape';

/**
 * @param z the last layer's numbers of the row, from `at` on. @param slopes where the loss's slope by each of them goes
 * @param number Huber's bound, or the quantile
 */
export function lossOfRow(kind: LossKind, number: number, z: Numbers, at: number, outputs: number, target: number, slopes: Numbers): number {
  if (kind === 'softmax') return softmax(z, at, outputs, target, slopes);
  const guess = z[at]!;
  if (kind === 'sigmoid') {
    const e = exp64(-Math.abs(guess));
    slopes[at] = (guess < 0 ? e : 1) / (1 + e) - target;
    return Math.max(guess, 0) - guess * target + log64(1 + e);
  }
  const off = guess - target;
  if (kind === 'squared') {
    slopes[at] = off;
    return (off * off) / 2;
  }
  if (kind === 'huber') {
    const slope = Math.min(Math.max(off, -number), number);
    slopes[at] = slope;
    return slope * (off - slope / 2);
  }
  const slope = off > 0 ? 1 - number : off < 0 ? -number : off;
  slopes[at] = slope;
  return slope * off;
}

function softmax(z: Numbers, at: number, outputs: number, target: number, slopes: Numbers): number {
  const own = z[at + target]!;
  let highest = z[at]!;
  for (let j = 1; j < outputs; j++) highest = Math.max(highest, z[at + j]!);
  let sum = 0;
  for (let j = 0; j < outputs; j++) {
    const e = exp64(z[at + j]! - highest);
    slopes[at + j] = e;
    sum += e;
  }
  for (let j = 0; j < outputs; j++) slopes[at + j]! /= sum;
  slopes[at + target]! -= 1;
  return log64(sum) + highest - own;
}
