/** @file What trains and answers a dense network: the kernel (`kernelNet.ts`) or its twin in TypeScript (`plainNet.ts`). */

import type { Numbers } from '../savedState';
import type { DenseRows } from './rows';
import type { DenseValues } from './values';

/** Words of the generators: four streams side by side for dropout, then one for the order of the rows. */
export const chanceWords = 20;
export const shuffleAt = 16;

export interface DenseMachine {
  /** How many products a millisecond are expected of it, roughly: decides how long a call is. */
  readonly pace: number;
  /** A new order of the training rows, from four words; the generator goes on from there. */
  reorder(words: readonly number[]): void;
  /**
   * Trains on the rows from, …, to − 1 of the order; both are ends of chunks. Where a batch ends, the optimiser takes a step.
   * @param steps the numbers of each step (`schedule.ts`), from the batch on in which `from` lies
   * @param total the weighted sum of losses so far. @returns the sum with these rows
   */
  train(from: number, to: number, steps: Float32Array, total: number): number;
  /** The weighted sum of losses of other rows, from, …, to − 1, added to `total`; nothing is learnt. */
  score(rows: DenseRows, from: number, to: number, total: number): number;
  /** The last layer's numbers of rows from, …, to − 1: (to − from) × outputs. */
  answer(rows: Pick<DenseRows, 'rows' | 'x' | 'codes'>, from: number, to: number): Numbers;
  /** Sets all words of the generators, before anything is learnt. */
  begin(chance: readonly number[]): void;
  chance(): number[];
  /** A copy of all numbers of the network, in the machine's own order. */
  numbers(): Numbers;
  /** Copies of the optimiser's moments. */
  moments(): readonly Numbers[];
  restore(chance: readonly number[], numbers: Numbers, moments: readonly Numbers[]): void;
  values(numbers: Numbers): DenseValues;
}
