/** @file One boosting update of a pair of features: a cut of one, and in each part a cut of the other; and how much a pair has to say at all. */

import { gainOf, noise, stepOf, type UpdateRule } from './mainUpdate';

/** Sums over all cells up to and with (a, b): first × second of gradient and curvature an output, and of weights. */
export class Corner {
  readonly first: number;
  readonly second: number;
  readonly outputs: number;
  readonly sums: Float64Array;

  constructor(first: number, second: number, outputs: number) {
    this.first = first;
    this.second = second;
    this.outputs = outputs;
    this.sums = new Float64Array(first * second * outputs * 2);
  }

  /** @param values first × second × width, summed over both. */
  static fill(sums: Float64Array, values: Float64Array, first: number, second: number, width: number): void {
    for (let a = 0; a < first; a++) {
      for (let i = 0; i < width; i++) {
        let row = 0;
        for (let b = 0; b < second; b++) {
          const at = (a * second + b) * width + i;
          row += values[at]!;
          sums[at] = row + (a > 0 ? sums[at - second * width]! : 0);
        }
      }
    }
  }
}

/** The best cut across each side of each cut of one feature; −1 where a side has too few rows, the last place where it is best left whole. */
class Sides {
  readonly gains: Float64Array;
  readonly cuts: Int16Array;

  constructor(cuts: number) {
    this.gains = new Float64Array(2 * cuts);
    this.cuts = new Int16Array(2 * cuts).fill(-1);
  }

  offer(cut: number, side: 0 | 1, gain: number, across: number): void {
    const at = 2 * cut + side;
    if (!(gain > this.gains[at]!)) return;
    this.gains[at] = gain;
    this.cuts[at] = across;
  }
}

/**
 * Up to four leaves. Cuts are after a cell: cut 3 of the first feature parts its cells 0 … 3 from 4 … Rows with a missing value are in cell 0.
 * @param weights sums of weights as in `Corner`
 * @param update first × second × outputs, to write into @returns by how much the whole steps would lessen the loss, twice over; 0 where there is none to take
 */
export function pairUpdate({ outputs, rate, minLeaf, mostStep }: UpdateRule, corner: Corner, weights: Float64Array, update: Float32Array): number {
  const { first, second, sums } = corner;
  const rows = new Sides(first);
  const columns = new Sides(second);
  const stride = 2 * outputs;
  const lastA = first - 1;
  const lastB = second - 1;
  const all = first * second - 1;
  const weight = weights[all]!;
  let parent = 0;
  for (let k = 0; k < stride; k += 2) parent += gainOf(sums[all * stride + k]!, sums[all * stride + k + 1]!);
  for (let a = 0; a < first; a++) {
    const right = a * second + lastB;
    for (let b = 0; b < second; b++) {
      const here = a * second + b;
      const below = lastA * second + b;
      if (here === all) continue;
      // Quadrants: before both cuts, before the first only, before the second only, after both.
      const w1 = weights[here]!;
      const w2 = weights[right]! - w1;
      const w3 = weights[below]! - w1;
      const w4 = weight - w1 - w2 - w3;
      let q1 = 0;
      let q2 = 0;
      let q3 = 0;
      let q4 = 0;
      for (let k = 0; k < stride; k += 2) {
        const g1 = sums[here * stride + k]!;
        const h1 = sums[here * stride + k + 1]!;
        const g2 = sums[right * stride + k]! - g1;
        const h2 = sums[right * stride + k + 1]! - h1;
        const g3 = sums[below * stride + k]! - g1;
        const h3 = sums[below * stride + k + 1]! - h1;
        q1 += gainOf(g1, h1);
        q2 += gainOf(g2, h2);
        q3 += gainOf(g3, h3);
        q4 += gainOf(sums[all * stride + k]! - g1 - g2 - g3, sums[all * stride + k + 1]! - h1 - h2 - h3);
      }
      // The last cut of a feature parts nothing: the whole side is one leaf.
      if (a < lastA) {
        if (w1 >= minLeaf && (b === lastB || w2 >= minLeaf)) rows.offer(a, 0, q1 + q2, b);
        if (w3 >= minLeaf && (b === lastB || w4 >= minLeaf)) rows.offer(a, 1, q3 + q4, b);
      }
      if (b < lastB) {
        if (w1 >= minLeaf && (a === lastA || w3 >= minLeaf)) columns.offer(b, 0, q1 + q3, a);
        if (w2 >= minLeaf && (a === lastA || w4 >= minLeaf)) columns.offer(b, 1, q2 + q4, a);
      }
    }
  }
  let most = parent * (1 + 1e-9) + noise;
  let isRow = true;
  let chosen = -1;
  for (const sides of [rows, columns]) {
    for (let cut = 0; 2 * cut < sides.cuts.length; cut++) {
      const gain = sides.gains[2 * cut]! + sides.gains[2 * cut + 1]!;
      if (sides.cuts[2 * cut]! < 0 || sides.cuts[2 * cut + 1]! < 0 || !(gain > most)) continue;
      most = gain;
      isRow = sides === rows;
      chosen = cut;
    }
  }
  update.fill(0);
  if (chosen < 0) return 0;
  for (const side of [0, 1] as const) {
    const lower = side === 0 ? 0 : chosen + 1;
    const upper = side === 0 ? chosen + 1 : isRow ? first : second;
    const other = isRow ? second : first;
    const middle = Math.min((isRow ? rows : columns).cuts[2 * chosen + side]! + 1, other);
    for (const [from, to] of [[0, middle], [middle, other]] as const) {
      if (from === to) continue;
      const [a0, a1, b0, b1] = isRow ? [lower, upper, from, to] : [from, to, lower, upper];
      for (let k = 0; k < outputs; k++) {
        const step = rate * stepOf(within(corner, 2 * k, a0, a1, b0, b1), within(corner, 2 * k + 1, a0, a1, b0, b1), mostStep);
        for (let a = a0; a < a1; a++) for (let b = b0; b < b1; b++) update[(a * second + b) * outputs + k] = step;
      }
    }
  }
  return most - parent;
}

/** Sum over the cells a0 ≤ a < a1, b0 ≤ b < b1. */
function within({ second, outputs, sums }: Corner, i: number, a0: number, a1: number, b0: number, b1: number): number {
  const at = (a: number, b: number): number => (a < 0 || b < 0 ? 0 : sums[(a * second + b) * outputs * 2 + i]!);
  return at(a1 - 1, b1 - 1) - at(a0 - 1, b1 - 1) - at(a1 - 1, b0 - 1) + at(a0 - 1, b0 - 1);
}

/**
 * How much the best four quadrants lessen the loss beyond what two main effects could: the square of the contrast of their means over its
 * variance, (m₁ − m₂ − m₃ + m₄)² / Σ 1/H, with m = G / H, for one output. After FAST (Lou, Caruana, Gehrke and Hooker 2013), whose gain also counts
 * main effects that are left.
 * @param least curvature of a quadrant
 */
export function interactionGain({ first, second, sums }: Corner, least: number): number {
  let most = 0;
  const lastA = first - 1;
  const lastB = second - 1;
  const all = lastA * second + lastB;
  for (let a = 0; a < lastA; a++) {
    for (let b = 0; b < lastB; b++) {
      const here = a * second + b;
      const right = a * second + lastB;
      const below = lastA * second + b;
      const g1 = sums[2 * here]!;
      const h1 = sums[2 * here + 1]!;
      const g2 = sums[2 * right]! - g1;
      const h2 = sums[2 * right + 1]! - h1;
      const g3 = sums[2 * below]! - g1;
      const h3 = sums[2 * below + 1]! - h1;
      const g4 = sums[2 * all]! - g1 - g2 - g3;
      const h4 = sums[2 * all + 1]! - h1 - h2 - h3;
      if (!(h1 >= least && h2 >= least && h3 >= least && h4 >= least)) continue;
      const contrast = g1 / h1 - g2 / h2 - g3 / h3 + g4 / h4;
      const gain = (contrast * contrast) / (1 / h1 + 1 / h2 + 1 / h3 + 1 / h4);
      if (gain > most) most = gain;
    }
  }
  return most;
}
