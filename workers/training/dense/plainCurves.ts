/** @file Activations and their slopes for the twin, in float64 from exact arithmetic. */

import { exp64 } from '../../../src/domain/exactMath';
import { gelu64, tanh64, type Activation } from '../../../src/domain/modelling/forms/layers';

export const activate: Record<Activation, (u: number) => number> = { linear: (u) => u, relu: (u) => (u < 0 ? 0 : u), tanh: tanh64, gelu: gelu64 };

const slope = 1.5957691216057308;
const cubic = 0.044715;

/** σ + x σ (1 − σ) √(8/π) (1 + 3 · 0.044715 x²). */
function geluSlope(x: number): number {
  const s = 1 / (1 + exp64(-slope * (x + cubic * x * x * x)));
  return s + x * s * (1 - s) * slope * (1 + 3 * cubic * x * x);
}

/** The slope at what the activation was given. */
export const slopeOf: Record<Activation, (u: number) => number> = {
  linear: () => 1,
  relu: (u) => (u > 0 ? 1 : 0),
  tanh: (u) => 1 - tanh64(u) ** 2,
  gelu: geluSlope,
};
