/** @file Rows as the kernels `neighbours` and `cluster` take them: centred, scaled and interleaved, so that one SIMD register holds a feature of four rows. */

import type { Kernel } from './kernel';

/** Rows of a panel. */
export const lanes = 8;

/** What both kernels export of `assembly/panels.ts`. */
export interface PanelFunctions {
  survey(rows: number, total: number, features: number, sums: number, lows: number, highs: number): void;
  pack(rows: number, total: number, features: number, centre: number, factor: number, panels: number, norms: number): void;
}

export interface Panels {
  /** Address of ⌈n / 8⌉ panels of features × 8, float32. */
  readonly at: number;
  /** Address of the rows as they are. */
  readonly rows: number;
  /** The mean of each feature: squares of what is left are small, and rounding with them. */
  readonly centre: Float64Array;
  /** The power of two that brings the largest distance of a number from its mean to between ½ and 1: nothing overflows, and no digit is lost. */
  readonly factor: number;
  /** The square of each row's length, as packed. */
  readonly norms: Float64Array;
}

/** Numbers that are laid out between two breaths: a few milliseconds. */
const numbersAtOnce = 1 << 20;

/** Puts n rows into the memory of a kernel, as they are and in panels, each number rounded to float32 once. */
export async function packed(kernel: Kernel<PanelFunctions>, x: Float32Array, n: number, features: number, breathe: () => Promise<void> | undefined = () => undefined): Promise<Panels> {
  const piece = Math.max(1, Math.floor(numbersAtOnce / (features * lanes))) * lanes;
  const inPieces = async (work: (from: number, count: number) => void): Promise<void> => {
    for (let from = 0; from < n; from += piece) {
      work(from, Math.min(piece, n - from));
      const wait = breathe();
      if (wait) await wait;
    }
  };
  const rows = kernel.take(x.byteLength);
  const at = kernel.take(Math.ceil(n / lanes) * lanes * features * 4);
  const rest = kernel.used;
  const [sums, lows, highs, norms] = [kernel.take(features * 8), kernel.take(features * 4), kernel.take(features * 4), kernel.take(n * 8)];
  kernel.floats(lows, features).fill(Infinity);
  kernel.floats(highs, features).fill(-Infinity);
  await inPieces((from, count) => {
    const at = rows + from * features * 4;
    kernel.floats(at, count * features).set(x.subarray(from * features, (from + count) * features));
    kernel.run.survey(at, count, features, sums, lows, highs);
  });
  const centre = kernel.doubles(sums, features);
  for (let f = 0; f < features; f++) centre[f]! /= n;
  const [low, high] = [kernel.floats(lows, features), kernel.floats(highs, features)];
  const factor = scaleOf(centre.reduce((most, mean, f) => Math.max(most, high[f]! - mean, mean - low[f]!), 0));
  await inPieces((from, count) => kernel.run.pack(rows + from * features * 4, count, features, sums, factor, at + from * features * 4, norms + from * 8));
  const made = { at, rows, centre: centre.slice(), factor, norms: kernel.doubles(norms, n).slice() };
  kernel.release(rest);
  return made;
}

function scaleOf(largest: number): number {
  if (largest === 0) return 1;
  let exponent = 0;
  for (let size = largest; size > 1; size /= 2) exponent--;
  for (let size = largest; size <= 0.5; size *= 2) exponent++;
  return 2 ** exponent;
}
