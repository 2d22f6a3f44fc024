/** @file Powers of two that turn gradients into whole numbers whose sums fit their words. */

import type { TreeArena } from './arithmetic';

export interface Scales {
  /** For packed words: sums of g within 31 bits, of h within 32. */
  readonly g: number;
  readonly h: number;
  /** For the sums of leaves, in float64: within 2^51, where whole numbers are exact. */
  readonly leafG: number;
  readonly leafH: number;
}

/** Gradients below are nothing. */
const least = 1e-200;
/** Larger ones are a training that ran away. */
const most = 1e200;

/** The least power of two that is at least x, for 0 < x < 2^1023. */
export function powerAbove(x: number): number {
  let power = 2 ** Math.ceil(Math.log2(x));
  while (power < x) power *= 2;
  while (power / 2 >= x) power /= 2;
  return power;
}

/**
 * Scales of g and h of `n` rows, the same for any order of the rows: sums are bounded in whole numbers. @param out 16 free bytes
 * @returns nothing when a gradient is no finite number
 */
export function scalesOf({ run, doubles }: { run: TreeArena['run']; doubles: TreeArena['doubles'] }, n: number, gh: number, out: number): Scales | undefined {
  run.largest(n, gh, out);
  const [mostG, mostH] = doubles(out, 2) as unknown as readonly [number, number];
  if (!(mostG < most && mostH < most)) return undefined;
  const units = [mostG, mostH].map((one) => (one < least ? 1 : powerAbove(one) / 2 ** 26)) as [number, number];
  run.roundedSums(n, gh, 1 / units[0], 1 / units[1], out);
  const whole = Array.from(doubles(out, 2));
  if (!whole.every(Number.isFinite)) return undefined;
  const sums = whole.map((sum, lane) => (sum === 0 ? 1 : powerAbove(sum * units[lane]!))) as [number, number];
  return { g: 2 ** 30 / sums[0], h: 2 ** 31 / sums[1], leafG: 2 ** 50 / sums[0], leafH: 2 ** 50 / sums[1] };
}
