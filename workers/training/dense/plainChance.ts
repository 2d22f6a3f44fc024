/** @file The twin of `kernels/assembly/denseChance.ts`: sfc32 in four streams for dropout and one for the order of the rows, bit for bit. */

import { shuffleAt } from './machine';

/** The next word of the stream whose a, b, c and counter lie at `first`, `step` apart. */
function next(words: Int32Array, first: number, step: number): number {
  const [b, c] = [words[first + step]!, words[first + 2 * step]!];
  const counter = first + 3 * step;
  const t = (((words[first]! + b) | 0) + words[counter]!) | 0;
  words[counter]! += 1;
  words[first] = b ^ (b >>> 9);
  words[first + step] = (c + (c << 3)) | 0;
  words[first + 2 * step] = (((c << 21) | (c >>> 11)) + t) | 0;
  return t >>> 0;
}

/** Dropout's factors of rows × columns: 0 with the chance below / 2^32, else `kept`. Each row takes words for a multiple of 4 columns, as in the kernel. */
export function dropFactors(words: Int32Array, rows: number, columns: number, below: number, kept: number, into: { [index: number]: number }): void {
  for (let m = 0; m < rows; m++) {
    for (let j = 0; j < columns; j += 4) {
      for (let lane = 0; lane < 4; lane++) {
        const word = next(words, lane, 4);
        if (j + lane < columns) into[m * columns + j + lane] = word < below ? 0 : kept;
      }
    }
  }
}

/** Puts 0 … rows − 1 in an order by chance (Fisher and Yates). */
export function shuffleRows(words: Int32Array, order: Int32Array): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next(words, shuffleAt, 1) * 2.3283064365386963e-10 * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
}
