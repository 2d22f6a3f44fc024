/** @file Folds for cross-validation: like the split, decided by hashing keys, so that equal rows and groups stay together. */

import { hashedKeys } from './rowKey';
import { compareKeys, keyBytes } from './keyHex';
import { keyOrder } from './keyOrder';

/**
 * The fold of each row, 0 to folds − 1; −1 for rows outside `rows`. Within each stratum the distinct keys, in the order of a seeded
 * hash, are dealt out in turn, so that every fold has nearly its share of each class.
 * @param keys 16 bytes a row
 * @param rows positions that take part
 * @param strata index of the stratum of each row
 */
export function foldsOf(keys: Uint8Array, rows: Uint32Array, strata: Int32Array, folds: number, seed: number): Int8Array {
  const fold = new Int8Array(keys.length / keyBytes).fill(-1);
  const hashed = hashedKeys(keys, seed >>> 0);
  const takes = new Uint8Array(fold.length);
  for (const row of rows) takes[row] = 1;
  const next = new Map<number, number>();
  let before = -1;
  let current = 0;
  for (const row of keyOrder(hashed)) {
    if (takes[row] === 0) continue;
    if (before < 0 || compareKeys(hashed, before, hashed, row) !== 0) {
      const stratum = strata[row]!;
      // Strata begin at different folds, or the first fold would get the odd row of each.
      current = next.get(stratum) ?? (stratum < 0 ? 0 : stratum % folds);
      next.set(stratum, (current + 1) % folds);
    }
    fold[row] = current;
    before = row;
  }
  return fold;
}
