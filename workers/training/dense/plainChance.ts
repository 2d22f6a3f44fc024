/** @file The twin of `kernels/assembly/denseChance.ts`, bit for bit: sfc32 in four streams for dropout, and the domain's own for the order of the rows. */

import { restored } from '../../../src/domain/random';
import { shuffleAt } from './machine';

/** The next word of one of the four streams, whose words lie `lanes` apart. */
const lanes = 4;
function next(words: Int32Array, lane: number): number {
  const [b, c] = [words[lane + lanes]!, words[lane + 2 * lanes]!];
  const counter = lane + 3 * lanes;
  const t = (((words[lane]! + b) | 0) + words[counter]!) | 0;
  words[counter]! += 1;
  words[lane] = b ^ (b >>> 9);
  words[lane + lanes] = (c + (c << 3)) | 0;
  words[lane + 2 * lanes] = (((c << 21) | (c >>> 11)) + t) | 0;
  return t >>> 0;
}

/** Dropout's factors of rows × columns: 0 with the chance below / 2^32, else `kept`. Each row takes words for a multiple of 4 columns, as in the kernel. */
export function dropFactors(words: Int32Array, rows: number, columns: number, below: number, kept: number, into: { [index: number]: number }): void {
  for (let m = 0; m < rows; m++) {
    for (let j = 0; j < columns; j += lanes) {
      for (let lane = 0; lane < lanes; lane++) {
        const word = next(words, lane);
        if (j + lane < columns) into[m * columns + j + lane] = word < below ? 0 : kept;
      }
    }
  }
}

/** Puts 0 … rows − 1 in an order by chance, and leaves the generator's state in `words`. */
export function shuffleRows(words: Int32Array, order: Int32Array): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
  const random = restored([words[shuffleAt]!, words[shuffleAt + 1]!, words[shuffleAt + 2]!, words[shuffleAt + 3]!]);
  random.shuffle(order);
  words.set(random.state(), shuffleAt);
}
