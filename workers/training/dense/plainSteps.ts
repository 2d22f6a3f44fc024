/** @file The optimisers of the twin. What they do is said in `kernels/assembly/denseSteps.ts`. */

import type { Numbers } from '../savedState';
import { adamConstants } from './schedule';
import type { DenseRules } from './shape';

/** Arrays of the same length: parameters, their gradient, and the moments. */
export interface Moved {
  readonly p: Numbers;
  readonly g: Numbers;
  readonly m: Numbers;
  readonly v: Numbers;
}

/** Moves the parameters from, …, to − 1. @param step rate, epsilon, kept. @param share what the gradient is multiplied by */
export function moveBy({ p, g, m, v }: Moved, from: number, to: number, rules: DenseRules, [rate, epsilon, kept]: readonly [number, number, number], decays: boolean, share: number): void {
  const { beta1, beta2 } = adamConstants;
  const penalty = decays && rules.optimiser !== 'adamw' ? rules.decay : 0;
  const stays = decays ? kept : 1;
  for (let i = from; i < to; i++) {
    const gradient = g[i]! * share + penalty * p[i]!;
    if (rules.optimiser === 'sgd') {
      m[i] = rules.momentum * m[i]! + gradient;
      p[i]! -= rate * m[i]!;
    } else {
      m[i] = beta1 * m[i]! + (1 - beta1) * gradient;
      v[i] = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
      p[i] = p[i]! * stays - (rate * m[i]!) / (Math.sqrt(v[i]!) + epsilon);
    }
  }
}
