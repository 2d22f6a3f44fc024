/** @file The quadratic that least squares and each Newton step minimise, with the intercept taken out of it; its minimum under L1 and L2. */

import type { RowStore } from './rowStore';
import { squareSize } from './passes';

/** ½ dᵀ H d + gᵀ d over features alone: the intercept follows them, since it is not penalised. */
export interface Quadratic {
  readonly features: number;
  /** features × features, both triangles. */
  readonly h: Float64Array;
  /** Mean of each feature under the factors: moving d moves the intercept by −centre · d. */
  readonly centre: Float64Array;
  /** Σ factors. */
  readonly total: number;
}

/** Share of its own sum of squares below which a column's sum about the mean is rounding: it is constant where the factors are not 0. */
const rounding = 1e-12;

/** From `Passes.square`: H = Σ f (x − c)(x − c)ᵀ with c the mean under f. Constant columns have exact zeros. */
export function quadraticOf({ features, shift, constant }: RowStore, square: Float64Array): Quadratic {
  const wide = squareSize(features);
  const ones = features * wide;
  const total = square[ones + features]!;
  const h = new Float64Array(features * features);
  const centre = new Float64Array(features);
  if (!(total > 0)) return { features, h, centre: shift.slice(), total: 0 };
  for (let k = 0; k < features; k++) {
    for (let d = 0; d <= k; d++) {
      const value = square[k * wide + d]! - (square[ones + k]! * square[ones + d]!) / total;
      h[k * features + d] = value;
      h[d * features + k] = value;
    }
  }
  for (let k = 0; k < features; k++) {
    centre[k] = shift[k]! + square[ones + k]! / total;
    if (h[k * features + k]! > rounding * square[k * wide + k]! && !constant.includes(k)) continue;
    for (let d = 0; d < features; d++) h[k * features + d] = h[d * features + k] = 0;
  }
  return { features, h, centre, total };
}

export const soft = (value: number, by: number): number => (value > by ? value - by : value < -by ? value + by : 0);

/**
 * Minimises ½ (w − start)ᵀ H (w − start) + gᵀ (w − start) + l1 ‖w‖₁ + l2/2 ‖w‖² by cyclic coordinate descent on H ("covariance updates",
 * Friedman, Hastie and Tibshirani 2010): a coordinate that stays at 0 costs nothing.
 * @param w begins at the start and ends at the minimum
 * @param tolerance ends when a whole sweep moved no gradient by more: |change| · (H_kk + l2)
 * @returns whether it ended so, and the sweeps
 */
export async function coordinateDescent(
  { features, h }: Quadratic,
  g: Float64Array,
  w: Float64Array,
  l1: number,
  l2: number,
  tolerance: number,
  sweeps: number,
  breathe: () => Promise<void> | undefined,
): Promise<{ readonly converged: boolean; readonly sweeps: number }> {
  const slope = Float64Array.from(g);
  for (let sweep = 1; sweep <= sweeps; sweep++) {
    let most = 0;
    for (let k = 0; k < features; k++) {
      const row = k * features;
      const own = h[row + k]!;
      const curve = own + l2;
      if (!(curve > 0)) continue;
      const next = soft(own * w[k]! - slope[k]!, l1) / curve;
      const change = next - w[k]!;
      if (change === 0) continue;
      w[k] = next;
      for (let d = 0; d < features; d++) slope[d]! += change * h[row + d]!;
      const moved = Math.abs(change) * curve;
      if (!(moved <= most)) most = moved;
    }
    if (most <= tolerance) return { converged: true, sweeps: sweep };
    if ((sweep * features * features) % 4e6 < features * features) await breathe();
  }
  return { converged: false, sweeps };
}
