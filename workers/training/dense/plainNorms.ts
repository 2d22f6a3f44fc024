/** @file Layer and batch normalisation for the twin, forward and back, on rows × columns numbers. */

import type { Numbers } from '../savedState';
import { normEpsilon, runningShare } from './shape';

/** What a norm has beside the numbers that it is given. */
export interface Norm {
  readonly scale: Numbers;
  readonly shift: Numbers;
  readonly scaleGradient: Numbers;
  readonly shiftGradient: Numbers;
  /** Of a batch norm: running mean, then variance. */
  readonly running: Numbers;
  /** rows × columns: before scale and shift. */
  readonly normalised: Numbers;
  /** 1 / deviation: one a row (layer) or a column (batch). */
  readonly factor: Numbers;
}

/** `u` holds x·W + b, and then what the activation is given. */
export function layerNorm({ scale, shift, normalised, factor }: Norm, u: Numbers, rows: number, columns: number): void {
  for (let m = 0; m < rows; m++) {
    const at = m * columns;
    let mean = 0;
    for (let j = 0; j < columns; j++) mean += u[at + j]! / columns;
    let variance = 0;
    for (let j = 0; j < columns; j++) variance += (u[at + j]! - mean) ** 2 / columns;
    const f = (factor[m] = 1 / Math.sqrt(variance + normEpsilon));
    for (let j = 0; j < columns; j++) {
      const h = (normalised[at + j] = (u[at + j]! - mean) * f);
      u[at + j] = h * scale[j]! + shift[j]!;
    }
  }
}

/** From the gradient of what the activation was given to that of x·W + b, in place. */
export function layerNormBack(norm: Norm, d: Numbers, rows: number, columns: number): void {
  addGradients(norm, d, rows, columns);
  const { scale, normalised, factor } = norm;
  for (let m = 0; m < rows; m++) {
    const at = m * columns;
    let mean = 0;
    let along = 0;
    for (let j = 0; j < columns; j++) {
      const g = d[at + j]! * scale[j]!;
      mean += g / columns;
      along += (g * normalised[at + j]!) / columns;
    }
    for (let j = 0; j < columns; j++) d[at + j] = factor[m]! * (d[at + j]! * scale[j]! - mean - normalised[at + j]! * along);
  }
}

function addGradients({ scaleGradient, shiftGradient, normalised }: Norm, d: Numbers, rows: number, columns: number): void {
  for (let m = 0; m < rows; m++) {
    for (let j = 0; j < columns; j++) {
      scaleGradient[j]! += d[m * columns + j]! * normalised[m * columns + j]!;
      shiftGradient[j]! += d[m * columns + j]!;
    }
  }
}

function totalOf(w: Numbers, rows: number): number {
  let total = 0;
  for (let m = 0; m < rows; m++) total += w[m]!;
  return total;
}

/** Mean and variance over the rows, each as often as it weighs; a batch without weight is taken as it is, and leaves the running statistics. */
export function batchNorm({ scale, shift, running, normalised, factor }: Norm, u: Numbers, w: Numbers, rows: number, columns: number): void {
  const total = totalOf(w, rows);
  for (let j = 0; j < columns; j++) {
    let mean = 0;
    let variance = total === 0 ? 1 : 0;
    for (let m = 0; total > 0 && m < rows; m++) mean += (w[m]! * u[m * columns + j]!) / total;
    for (let m = 0; total > 0 && m < rows; m++) variance += (w[m]! * (u[m * columns + j]! - mean) ** 2) / total;
    const f = (factor[j] = 1 / Math.sqrt(variance + normEpsilon));
    if (total > 0) {
      running[j] = running[j]! * (1 - runningShare) + mean * runningShare;
      running[columns + j] = running[columns + j]! * (1 - runningShare) + variance * runningShare;
    }
    for (let m = 0; m < rows; m++) {
      const h = (normalised[m * columns + j] = (u[m * columns + j]! - mean) * f);
      u[m * columns + j] = h * scale[j]! + shift[j]!;
    }
  }
}

export function batchNormBack(norm: Norm, d: Numbers, w: Numbers, rows: number, columns: number): void {
  const { scale, scaleGradient, shiftGradient, normalised, factor } = norm;
  addGradients(norm, d, rows, columns);
  const total = totalOf(w, rows);
  const each = total === 0 ? 0 : 1 / total;
  for (let m = 0; m < rows; m++) {
    for (let j = 0; j < columns; j++) {
      const at = m * columns + j;
      d[at] = factor[j]! * scale[j]! * (d[at]! - w[m]! * each * (shiftGradient[j]! + normalised[at]! * scaleGradient[j]!));
    }
  }
}

/** With the running statistics. */
export function batchNormLearnt({ scale, shift, running }: Norm, u: Numbers, rows: number, columns: number): void {
  for (let j = 0; j < columns; j++) {
    const f = scale[j]! / Math.sqrt(running[columns + j]! + normEpsilon);
    for (let m = 0; m < rows; m++) u[m * columns + j] = (u[m * columns + j]! - running[j]!) * f + shift[j]!;
  }
}
