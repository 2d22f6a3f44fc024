/** @file Rows as the kernels `neighbours` and `cluster` take them: centred, scaled and interleaved, so that one SIMD register holds a feature of four rows. */

/** Where rows are looked at from. */
export interface Frame {
  /** The mean of each feature: squares of what is left are small, and rounding with them. */
  readonly centre: Float64Array;
  /** The power of two that brings the largest distance of a number from its mean to between ½ and 1: nothing overflows, and no digit is lost. */
  readonly factor: number;
}

/** Rows of a panel. */
export const lanes = 8;

export function frameOf(rows: Float32Array, n: number, features: number): Frame {
  const centre = new Float64Array(features);
  const lowest = new Float64Array(features).fill(Infinity);
  const highest = new Float64Array(features).fill(-Infinity);
  for (let i = 0, at = 0; i < n; i++) {
    for (let f = 0; f < features; f++, at++) {
      const value = rows[at]!;
      centre[f]! += value;
      if (value < lowest[f]!) lowest[f] = value;
      if (value > highest[f]!) highest[f] = value;
    }
  }
  for (let f = 0; f < features; f++) centre[f]! /= n;
  const largest = centre.reduce((most, mean, f) => Math.max(most, highest[f]! - mean, mean - lowest[f]!), 0);
  if (largest === 0) return { centre, factor: 1 };
  let exponent = 0;
  for (let size = largest; size > 1; size /= 2) exponent--;
  for (let size = largest; size <= 0.5; size *= 2) exponent++;
  return { centre, factor: 2 ** exponent };
}

/**
 * Writes n rows to ⌈n / 8⌉ panels of features × 8, each rounded to float32 once.
 * @param told the square of each row's length, as written
 */
export function panelled(rows: Float32Array, n: number, features: number, { centre, factor }: Frame, panels: Float32Array, told: (row: number, norm: number) => void): void {
  for (let i = 0, from = 0; i < n; i++) {
    let at = (i - (i % lanes)) * features + (i % lanes);
    let norm = 0;
    for (let f = 0; f < features; f++, at += lanes, from++) {
      const value = Math.fround((rows[from]! - centre[f]!) * factor);
      panels[at] = value;
      norm += value * value;
    }
    told(i, norm);
  }
}
