/** @file Rows of equal keys side by side. */

import { compareKeys } from './keyHex';
import { keyOrder } from './keyOrder';

export interface KeyRuns {
  /** Rows in the order of their keys; rows with equal keys stay in row order. */
  readonly order: Uint32Array;
  /** Where each run of equal keys starts in `order`; one more at the end. */
  readonly start: Uint32Array;
  /** Distinct keys. */
  readonly count: number;
}

/**
 * The rows, run after run of equal keys, in ascending order of the keys.
 * @param keys 16 bytes a row
 * @param order the rows that take part, in the order of their keys; all rows when absent
 */
export function keyRuns(keys: Uint8Array, order: Uint32Array = keyOrder(keys)): KeyRuns {
  const start = new Uint32Array(order.length + 1);
  let count = 0;
  for (let i = 0; i < order.length; i++) if (i === 0 || compareKeys(keys, order[i - 1]!, keys, order[i]!) !== 0) start[count++] = i;
  start[count] = order.length;
  return { order, start: start.subarray(0, count + 1), count };
}
