/** @file Rows in the order of their keys, by radix and by comparison alike. */
import { expect, it } from 'vitest';
import { compareKeys } from '../../../../src/domain/data/keyHex';
import { keyOrder } from '../../../../src/domain/data/keyOrder';
import { seeded } from '../../../../src/domain/random';

it.each([0, 1, 50, 1023, 1024, 5000])('orders %i rows by their bytes, equal keys in row order', (rows) => {
  const random = seeded(3);
  const keys = new Uint8Array(16 * rows);
  // Few different starts, so that the comparison behind the first 8 bytes is needed too.
  for (let row = 0; row < rows; row++) {
    keys[16 * row + random.below(8)] = random.below(4);
    keys[16 * row + 8 + random.below(8)] = random.below(3);
  }
  const expected = Array.from({ length: rows }, (_, row) => row).sort((a, b) => compareKeys(keys, a, keys, b) || a - b);
  expect([...keyOrder(keys)]).toEqual(expected);
});
