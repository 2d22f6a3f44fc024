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
