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
 */
export function drawBag(rows: number, validationRows: number, classOf: ((row: number) => number) | undefined, random: Random): BagRows {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const group = classOf?.(row) ?? 0;
    const known = groups.get(group);
    if (known) known.push(row);
    else groups.set(group, [row]);
  }
  const isHeldBack = new Uint8Array(rows);
  for (const group of [...groups.keys()].sort((a, b) => a - b)) {
    const members = random.shuffle(groups.get(group)!);
    const count = Math.min(members.length - 1, Math.round(heldBackShare * members.length));
    for (let i = 0; i < count; i++) isHeldBack[members[i]!] = 1;
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
  const order: number[] = [];
  const fill = (): number => {
    while (order.length % 4 !== 0) order.push(spare);
    return order.length;
  };
  for (let row = 0; row < rows; row++) if (isHeldBack[row] === 0) order.push(row);
  const trained = fill();
  for (let row = 0; row < rows; row++) if (isHeldBack[row] === 1) order.push(row);
  const heldBack = fill();
  for (let row = rows; row < spare; row++) order.push(row);
  const validated = fill();
  return { order: Uint32Array.from(order), trained, heldBack, validated };
}
