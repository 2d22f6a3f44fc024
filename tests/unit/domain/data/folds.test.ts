import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldsOf, forwardFolds, heldOutFolds, latestTenth, tenthByKey } from '../../../../src/domain/data/folds';
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

  it('give a key the stratum of most of its rows, so that the order of rows does not matter', () => {
    const keys = keysOf(90, 0);
    // Thirty groups of three rows, of which one, two or none is of stratum 1.
    for (let row = 0; row < 90; row++) keys.copyWithin(16 * row, 16 * (row - (row % 3)), 16 * (row - (row % 3)) + 16);
    const strata = Int32Array.from({ length: 90 }, (_, row) => (row % 3 < (row / 3) % 3 ? 1 : 0));
    const rows = Uint32Array.from({ length: 90 }, (_, row) => row);
    const folds = foldsOf(keys, rows, strata, 5, 1);
    const reversedKeys = new Uint8Array(keys.length);
    for (let row = 0; row < 90; row++) reversedKeys.set(keys.subarray(16 * row, 16 * row + 16), 16 * (89 - row));
    const reversed = foldsOf(reversedKeys, rows, strata.slice().reverse(), 5, 1);
    expect([...reversed].reverse()).toEqual([...folds]);
  });

  it('are held out in turn: together all rows once, and never a row from itself', () => {
    const rows = Uint32Array.from({ length: 60 }, (_, i) => 2 * i);
    const folds = heldOutFolds(keysOf(120), rows, new Int32Array(120), 5, 1);
    expect(folds.flatMap(({ held }) => [...held]).sort((a, b) => a - b)).toEqual([...rows]);
    for (const { learning, held } of folds) expect([...learning, ...held].sort((a, b) => a - b)).toEqual([...rows]);
    // All rows of one key: nobody is left to learn from.
    expect(heldOutFolds(keysOf(10, 10), Uint32Array.from({ length: 10 }, (_, i) => i), new Int32Array(10), 5, 1)).toEqual([]);
  });
});

describe('forward folds', () => {
  const all = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i);

  it('score each block but the first by the rows before it', () => {
    const times = Float64Array.from({ length: 12 }, (_, i) => 100 - i);
    const folds = forwardFolds(times, all(12), 3);
    expect(folds.map(({ held }) => [...held])).toEqual([
      [6, 7, 8],
      [3, 4, 5],
      [0, 1, 2],
    ]);
    expect(folds.map(({ learning }) => [...learning])).toEqual([
      [9, 10, 11],
      [6, 7, 8, 9, 10, 11],
      [3, 4, 5, 6, 7, 8, 9, 10, 11],
    ]);
  });

  it('leave a planted leak out: the group of a scored row, equal times, rows outside and rows without a time', () => {
    const times = Float64Array.of(1, 1, 2, 2, 2, 3, 3, NaN, 3, 4);
    const keys = keysOf(10);
    keys.copyWithin(16 * 5, 0, 16); // row 5 is of the group of row 0
    const [first, second, ...rest] = forwardFolds(times, all(9), 2, keys);
    expect(rest).toEqual([]);
    expect([...first!.held]).toEqual([2, 3, 4]);
    expect([...first!.learning]).toEqual([0, 1]);
    expect([...second!.held]).toEqual([5, 6, 8]);
    expect([...second!.learning]).toEqual([1, 2, 3, 4]);
  });

  it('are fewer where there are few times, and none where there is one', () => {
    expect(forwardFolds(Float64Array.of(1, 1, 1, 2), all(4), 5).map(({ held }) => [...held])).toEqual([[3]]);
    expect(forwardFolds(new Float64Array(8), all(8), 5)).toEqual([]);
    expect(forwardFolds(Float64Array.of(1, 2), all(2), 5, keysOf(2, 2))).toEqual([]);
  });

  it('never teach with a row that is not earlier, or of a group that is scored, and score no row twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ time: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(NaN)), group: fc.integer({ min: 0, max: 6 }) }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (rows, folds) => {
          const times = Float64Array.from(rows, ({ time }) => time);
          const keys = Uint8Array.from(rows.flatMap(({ group }) => [group, ...new Array<number>(15).fill(0)]));
          const seen = new Set<number>();
          for (const { learning, held } of forwardFolds(times, all(rows.length), folds, keys)) {
            expect(Math.max(...learning.map((row) => times[row]!))).toBeLessThan(Math.min(...held.map((row) => times[row]!)));
            const scored = new Set([...held].map((row) => rows[row]!.group));
            expect([...learning].some((row) => scored.has(rows[row]!.group))).toBe(false);
            for (const row of held) {
              expect(seen.has(row)).toBe(false);
              seen.add(row);
            }
          }
        },
      ),
    );
  });
});

describe('the tenth that decides when to stop', () => {
  it('is taken by key: copies stay together, each class gives its share, and the order of rows does not matter', () => {
    const n = 600;
    const keys = keysOf(n);
    // Pairs of equal rows: every tenth row by position would part them.
    for (let row = 1; row < n; row += 2) keys.copyWithin(16 * row, 16 * (row - 1), 16 * row);
    const strata = Int32Array.from({ length: n }, (_, row) => ((row >> 1) % 3 === 0 ? 1 : 0));
    const rows = Uint32Array.from({ length: 400 }, (_, i) => i + 100);
    const { learning, held } = tenthByKey(keys, rows, strata, 1);
    expect([...learning, ...held].sort((a, b) => a - b)).toEqual([...rows]);
    expect(held.length).toBe(40);
    const taken = new Set(held);
    for (const row of held) expect(taken.has(row ^ 1)).toBe(true);
    const ones = held.filter((row) => strata[row] === 1).length;
    expect(Math.abs(ones - 40 / 3)).toBeLessThanOrEqual(2);
    expect(new Set(tenthByKey(keys, rows.slice().reverse(), strata, 1).held)).toEqual(taken);
  });

  it('is one key of a few, and none of fewer', () => {
    const rows = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i);
    expect(tenthByKey(keysOf(6), rows(6), new Int32Array(6), 1).held.length).toBe(1);
    expect(tenthByKey(keysOf(4), rows(4), new Int32Array(4), 1)).toEqual({ learning: rows(4), held: new Uint32Array(0) });
  });

  it('is the latest in time, without the groups that it decides on among those that teach', () => {
    const rows = Uint32Array.from({ length: 40 }, (_, i) => i);
    const times = Float64Array.from(rows, (row) => 40 - row);
    expect([...latestTenth(times, rows).held]).toEqual([0, 1, 2, 3]);
    const keys = keysOf(40);
    keys.copyWithin(16 * 30, 0, 16);
    const { learning, held } = latestTenth(times, rows, keys);
    expect([...held]).toEqual([0, 1, 2, 3]);
    expect([...learning]).toEqual([...rows].filter((row) => row > 3 && row !== 30));
    expect(latestTenth(times, rows, keysOf(40, 40))).toEqual({ learning: rows, held: new Uint32Array(0) });
    expect(latestTenth(new Float64Array(40), rows).held).toHaveLength(0);
    // The last time alone, with two fifths of the rows and with three.
    expect(latestTenth(times.map((time) => Math.max(time, 26)), rows).held).toHaveLength(4);
    expect(latestTenth(times.map((time) => Math.min(time, 25)), rows).held).toHaveLength(16);
    expect(latestTenth(times.map((time) => Math.min(time, 15)), rows).held).toHaveLength(0);
  });
});
