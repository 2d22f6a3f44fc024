/** @file Learning rates, step by step, from + − × ÷ √ alone: they decide what is learnt, so they are the same bits everywhere. */

import type { DenseRules } from './shape';

export interface ScheduleRules {
  readonly kind: 'constant' | 'cosine' | 'step' | 'one_cycle';
  /** The greatest rate. */
  readonly rate: number;
  /** Steps until the rate is at its lowest, where it stays. Not the limit of the training, so that a stopped one has had the same rates. */
  readonly steps: number;
  /** Steps over which the rate rises from (nearly) 0. */
  readonly warmUp: number;
}

/** cos πt for 0 ≤ t ≤ 1, within 1e-13, by the Taylor series of the sine about π/2. */
export function cosPi(t: number): number {
  const x = 3.141592653589793 * (0.5 - t);
  const z = x * x;
  let term = x;
  let sum = x;
  for (let k = 1; k <= 10; k++) {
    term = (-term * z) / (2 * k * (2 * k + 1));
    sum += term;
  }
  return sum;
}

/** From `from` to `to` along half a cosine. */
const eased = (from: number, to: number, t: number): number => to + ((from - to) * (1 + cosPi(t))) / 2;

/** One cycle (Smith and Topin 2018): up from a 25th over the first 30 %, down to a 10,000th of that. */
const rising = 0.3;
const start = 1 / 25;
const end = start / 1e4;

/** The rate of a step, counted from 0. */
export function rateAt({ kind, rate, steps, warmUp }: ScheduleRules, step: number): number {
  const t = steps > 0 ? Math.min(1, step / steps) : 1;
  const warm = step < warmUp ? (step + 1) / (warmUp + 1) : 1;
  switch (kind) {
    case 'constant':
      return rate * warm;
    case 'cosine':
      return rate * warm * eased(1, 0, t);
    case 'step':
      // A tenth after half, and after three quarters (He et al. 2016).
      return rate * warm * (t < 0.5 ? 1 : t < 0.75 ? 0.1 : 0.01);
    case 'one_cycle':
      return rate * (t < rising ? eased(start, 1, t / rising) : eased(1, end, (t - rising) / (1 - rising)));
  }
}

/** Adam's constants, of Kingma and Ba. */
export const adamConstants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Where the step numbers stand: steps done, and β₁ and β₂ to their power, by multiplication. */
export interface StepState {
  step: number;
  power1: number;
  power2: number;
}

export const firstStep = (): StepState => ({ step: 0, power1: 1, power2: 1 });

/** Numbers of a step: rate (bias-corrected for Adam), epsilon, what decay leaves of a weight, and nothing. */
export const stepNumbers = 4;

/** Writes the numbers of the next `count` steps from the beginning of `into`, and moves on. */
export function nextSteps(state: StepState, schedule: ScheduleRules, rules: Pick<DenseRules, 'optimiser' | 'decay'>, count: number, into: Float32Array): void {
  for (let i = 0; i < count; i++) {
    const rate = rateAt(schedule, state.step);
    state.step++;
    state.power1 *= adamConstants.beta1;
    state.power2 *= adamConstants.beta2;
    const root = Math.sqrt(1 - state.power2);
    const at = i * stepNumbers;
    into[at] = rules.optimiser === 'sgd' ? rate : (rate * root) / (1 - state.power1);
    into[at + 1] = adamConstants.epsilon * root;
    into[at + 2] = rules.optimiser === 'adamw' ? 1 - rate * rules.decay : 1;
  }
}
