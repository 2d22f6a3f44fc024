/** @file The penalty that a plan asks for, as the strengths of its two terms: Σ loss + l1 Σ|w| + l2/2 Σ w². Intercepts are free. */

import type { Plan } from '../../../src/domain/modelling/learner';

export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

export function penaltyOf(hyperparameters: Plan['hyperparameters']): Penalty {
  // Plans from before the choice have no such setting, and an L2 penalty.
  const kind = hyperparameters['penalty'] ?? 'l2';
  const strength = (name: string): number => (hyperparameters[name] as number | undefined) ?? 0;
  return { l1: kind === 'l1' || kind === 'elasticnet' ? strength('l1') : 0, l2: kind === 'l2' || kind === 'elasticnet' ? strength('l2') : 0 };
}

/** l1 Σ|w| + l2/2 Σ w² over the first `size` numbers of a point. */
export function penaltyAt({ l1, l2 }: Penalty, point: Float64Array, size: number): number {
  let absolute = 0;
  let squares = 0;
  for (let k = 0; k < size; k++) {
    absolute += Math.abs(point[k]!);
    squares += point[k]! * point[k]!;
  }
  return l1 * absolute + (l2 / 2) * squares;
}

/** Largest entry of the least subgradient: 0 at the minimum. @param gradient of the losses alone; size weights, then intercepts */
export function distanceFromMinimum({ l1, l2 }: Penalty, point: Float64Array, gradient: Float64Array, size: number): number {
  let most = 0;
  for (let k = 0; k < point.length; k++) {
    const w = point[k]!;
    const slope = k < size ? gradient[k]! + l2 * w : gradient[k]!;
    const own = k >= size || l1 === 0 ? Math.abs(slope) : w !== 0 ? Math.abs(slope + (w > 0 ? l1 : -l1)) : Math.max(0, Math.abs(slope) - l1);
    if (!(own <= most)) most = own;
  }
  return most;
}

/** The number c that makes l1 Σ|wⱼ − c| + l2/2 Σ (wⱼ − c)² least: the mean for L2, a median for L1. */
export function shiftOf({ l1, l2 }: Penalty, weights: Float64Array): number {
  const sorted = weights.slice().sort();
  const n = sorted.length;
  let sum = 0;
  for (const weight of sorted) sum += weight;
  if (l1 === 0) return sum / n;
  // The derivative in c grows; it is sought where it passes 0, at one of the weights or between two.
  for (let below = 0; below < n; below++) {
    const weight = sorted[below]!;
    if (l2 > 0 && below > 0) {
      const between = (sum - (l1 / l2) * (2 * below - n)) / n;
      if (between > sorted[below - 1]! && between < weight) return between;
    }
    if (l1 * (2 * (below + 1) - n) + l2 * (n * weight - sum) >= 0) return weight;
  }
  return sorted[n - 1]!;
}
