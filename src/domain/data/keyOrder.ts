/** @file Rows in the order of their keys: how equal keys are brought together without a map of a million strings. */

import { compareKeys, keyBytes } from './keyHex';

const digits = 65_536;

/**
 * The rows, ordered by the bytes of their keys; rows with equal keys stay in row order.
 * Radix sort over the first 8 bytes, then a comparison where those tie. O(n).
 * @param keys 16 bytes a row.
 */
export function keyOrder(keys: Uint8Array): Uint32Array {
  const rows = keys.length / keyBytes;
  let order = Uint32Array.from({ length: rows }, (_, row) => row);
  if (rows < 1024) return order.sort((a, b) => compareKeys(keys, a, keys, b) || a - b);
  let next = new Uint32Array(rows);
  const starts = new Uint32Array(digits + 1);
  for (let byte = 6; byte >= 0; byte -= 2) {
    starts.fill(0);
    for (let row = 0, p = byte; row < rows; row++, p += keyBytes) starts[((keys[p]! << 8) | keys[p + 1]!) + 1]!++;
    for (let digit = 1; digit <= digits; digit++) starts[digit]! += starts[digit - 1]!;
    for (let i = 0; i < rows; i++) {
      const row = order[i]!;
      const p = row * keyBytes + byte;
      next[starts[(keys[p]! << 8) | keys[p + 1]!]!++] = row;
    }
    [order, next] = [next, order];
  }
  const sameStart = (a: number, b: number): boolean => {
    for (let i = 0; i < 8; i++) if (keys[a * keyBytes + i] !== keys[b * keyBytes + i]) return false;
    return true;
  };
  for (let start = 0; start < rows;) {
    let end = start + 1;
    let equal = true;
    while (end < rows && sameStart(order[start]!, order[end]!)) {
      equal &&= compareKeys(keys, order[start]!, keys, order[end]!) === 0;
      end++;
    }
    if (!equal) order.subarray(start, end).sort((a, b) => compareKeys(keys, a, keys, b) || a - b);
    start = end;
  }
  return order;
}
