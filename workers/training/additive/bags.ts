/** @file Which rows a bag learns from, and which it keeps back to know when to stop. */

import type { Random } from '../../../src/domain/random';

/** Share of the training rows that a bag keeps back. */
export const heldBackShare = 0.15;

export interface BagRows {
  /** Training rows, rows kept back, validation rows; each part filled up to a multiple of four with the row of no weight. */
  readonly order: Uint32Array;
  /** Where the parts end. */
  readonly trained: number;
  readonly heldBack: number;
  readonly validated: number;
}

const filled = (length: number): number => Math.ceil(length / 4) * 4;

/**
 * Rows kept back are drawn without replacement, from each class alike. A class keeps at least one row in training.
 * @param rows of training; the validation rows come after them, then the row of no weight
 * @param classOf of each training row, below `classes`
 */
export function drawBag(rows: number, validationRows: number, classOf: ArrayLike<number> | undefined, classes: number, random: Random): BagRows {
  const isHeldBack = new Uint8Array(rows);
  const members = new Uint32Array(rows);
  for (let group = 0; group < Math.max(classes, 1); group++) {
    let size = 0;
    for (let row = 0; row < rows; row++) if (classOf === undefined || classOf[row] === group) members[size++] = row;
    const count = Math.min(size - 1, Math.round(heldBackShare * size));
    // The first steps of a shuffle draw as many as are wanted.
    for (let i = 0; i < count; i++) {
      const chosen = i + random.below(size - i);
      isHeldBack[members[chosen]!] = 1;
      members[chosen] = members[i]!;
    }
  }
  return bagOf(isHeldBack, validationRows);
}

/** The bag of every training row. */
export const wholeBag = (rows: number, validationRows: number): BagRows => bagOf(new Uint8Array(rows), validationRows);

/** Most rows that a bag's order may have. */
export const mostOrdered = (rows: number, validationRows: number): number => filled(rows + validationRows + 9);

function bagOf(isHeldBack: Uint8Array, validationRows: number): BagRows {
  const rows = isHeldBack.length;
  const spare = rows + validationRows;
  const order = new Uint32Array(mostOrdered(rows, validationRows)).fill(spare);
  let at = 0;
  for (let row = 0; row < rows; row++) if (isHeldBack[row] === 0) order[at++] = row;
  const trained = (at = filled(at));
  for (let row = 0; row < rows; row++) if (isHeldBack[row] === 1) order[at++] = row;
  const heldBack = (at = filled(at));
  for (let row = rows; row < spare; row++) order[at++] = row;
  const validated = filled(at);
  return { order: order.slice(0, validated), trained, heldBack, validated };
}
