/** @file Rows that a model was not trained on: those whose key no training row has. Checked by the keys and taken from no promise. */

import { compareKeys, takenKeys } from './keyHex';
import { keyOrder } from './keyOrder';

/** Below this many rows a comparison on rows new to both models says nothing. */
export const fewestUnseen = 30;

/** Rows of a table, by position, with the keys of all its rows: 16 bytes a row. */
export interface KeyedRows {
  readonly keys: Uint8Array;
  readonly positions: Uint32Array;
}

/** The positions, in their order, whose key occurs in none of the seen rows. O(n log n). */
export function unseenRows(rows: KeyedRows, seen: readonly KeyedRows[]): Uint32Array<ArrayBuffer> {
  const keys = takenKeys(rows.keys, rows.positions);
  const order = keyOrder(keys);
  const isSeen = new Uint8Array(order.length);
  for (const one of seen) {
    const others = takenKeys(one.keys, one.positions);
    const otherOrder = keyOrder(others);
    let at = 0;
    for (const row of order) {
      while (at < otherOrder.length && compareKeys(others, otherOrder[at]!, keys, row) < 0) at++;
      if (at < otherOrder.length && compareKeys(others, otherOrder[at]!, keys, row) === 0) isSeen[row] = 1;
    }
  }
  return Uint32Array.from(rows.positions.filter((_, at) => isSeen[at] === 0));
}
