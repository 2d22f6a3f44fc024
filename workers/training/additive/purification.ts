/**
 * @file Moves what a pair says about each of its features alone to the main effects, so that a pair shows the interaction and nothing else
 * (Lengerich, Tan, Chang, Hooker and Caruana 2020).
 */

/** Sweeps end when no weighted mean is larger than this, relative to the largest score. */
const tolerance = 1e-13;
const mostSweeps = 1000;

export interface Purified {
  /** first × outputs: to be added to the main effect of the first feature. */
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * Takes the weighted means of rows and columns out of `scores` (first × second × outputs, in place) until there are none.
 * Rows and columns without weight are left as they are, and cells without weight have no part in the means.
 * The sum of the pair and what is returned is the pair before, in every cell.
 */
export function purify(scores: Float64Array, weights: Float64Array, first: number, second: number, outputs: number): Purified {
  const moved = { first: new Float64Array(first * outputs), second: new Float64Array(second * outputs) };
  for (let k = 0; k < outputs; k++) {
    let size = 0;
    for (let cell = 0; cell < first * second; cell++) size = Math.max(size, Math.abs(scores[cell * outputs + k]!));
    for (let sweep = 0; sweep < mostSweeps; sweep++) {
      const rows = takeMeans(scores, weights, k, outputs, first, second, second, 1, moved.first);
      const columns = takeMeans(scores, weights, k, outputs, second, first, 1, second, moved.second);
      if (Math.max(rows, columns) <= tolerance * size) break;
    }
  }
  return moved;
}

/** Takes the mean of each of `lines` out of its `length` cells. @returns the largest */
function takeMeans(scores: Float64Array, weights: Float64Array, k: number, outputs: number, lines: number, length: number, lineStep: number, cellStep: number, into: Float64Array): number {
  let largest = 0;
  for (let line = 0; line < lines; line++) {
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < length; i++) {
      const cell = line * lineStep + i * cellStep;
      sum += weights[cell]! * scores[cell * outputs + k]!;
      weight += weights[cell]!;
    }
    if (weight === 0) continue;
    const mean = sum / weight;
    for (let i = 0; i < length; i++) scores[(line * lineStep + i * cellStep) * outputs + k]! -= mean;
    into[line * outputs + k]! += mean;
    largest = Math.max(largest, Math.abs(mean));
  }
  return largest;
}
