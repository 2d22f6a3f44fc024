import { describe, expect, it } from 'vitest';
import { foldsOf } from '../../../../src/domain/data/folds';
import { seeded } from '../../../../src/domain/random';

/** n random keys of 16 bytes, the first `copies` of them equal. */
function keysOf(n: number, copies = 0): Uint8Array {
  const random = seeded(1);
  const keys = Uint8Array.from({ length: 16 * n }, () => random.below(256));
  for (let row = 1; row < copies; row++) keys.copyWithin(16 * row, 0, 16);
  return keys;
}

describe('folds', () => {
  it('give every row that takes part one fold of nearly equal size, within each class', () => {
    const n = 1_000;
    const strata = Int32Array.from({ length: n }, (_, row) => (row % 5 === 0 ? 1 : 0));
    const rows = Uint32Array.from({ length: 900 }, (_, i) => i);
    const folds = foldsOf(keysOf(n), rows, strata, 5, 1);
    for (let row = 900; row < n; row++) expect(folds[row]).toBe(-1);
    for (const stratum of [0, 1]) {
      const sizes = [0, 1, 2, 3, 4].map((fold) => rows.filter((row) => folds[row] === fold && strata[row] === stratum).length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });

  it('keep rows with one key together, and change with the seed', () => {
    const keys = keysOf(200, 20);
    const rows = Uint32Array.from({ length: 200 }, (_, i) => i);
    const strata = new Int32Array(200);
    const folds = foldsOf(keys, rows, strata, 4, 1);
    expect(new Set(folds.slice(0, 20)).size).toBe(1);
    expect([...foldsOf(keys, rows, strata, 4, 2)]).not.toEqual([...folds]);
    expect([...foldsOf(keys, rows, strata, 4, 1)]).toEqual([...folds]);
  });
});
