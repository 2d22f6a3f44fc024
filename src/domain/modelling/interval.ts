/** @file A closed interval of doubt, and the confidence that all of ours have unless told otherwise. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided confidence of every interval. */
export const confidence = 0.95;

/** The standard normal quantile of a two-sided 95 % interval, Φ⁻¹(0.975), to the last bit of float64. */
export const z95 = 1.959963984540054;
