/** @file The split in time: cuts between timestamps, groups that straddle dropped. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { membership, partCounts } from '../../../../src/domain/data/membership';
import { rowKeys } from '../../../../src/domain/data/rowKey';
import type { Shares } from '../../../../src/domain/data/shares';
import { laterTimeParts, timeParts, timeSplit } from '../../../../src/domain/data/timeSplit';
import { numeric, tableOf } from './tables';

const shares: Shares = [0.6, 0.2, 0.2];
const keysOf = (values: readonly number[]): Uint8Array => rowKeys(tableOf(numeric('g', values)), [0]);

it('trains on the past and tests on the latest', () => {
  const { parts, cuts } = timeSplit(Float64Array.of(9, 1, 2, 3, 4, 5, 6, 7, 8, 0), shares);
  expect(membership(parts)).toBe('htttttvvht');
  expect(cuts).toEqual({ shares, validationFrom: 6, testFrom: 8 });
});

it('never parts rows of one timestamp, and its cuts reproduce it', () =>
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(40), fc.constant(Number.NaN)), { minLength: 100, maxLength: 300 }), (times) => {
      const all = Float64Array.from(times);
      const { parts, cuts, leftOut } = timeSplit(all, shares);
      expect(leftOut).toBe(times.filter(Number.isNaN).length);
      expect([...timeParts(all, cuts)]).toEqual([...parts]);
      times.forEach((time, i) =>
        times.forEach((other, j) => {
          if (time < other) expect(parts[i]).toBeLessThanOrEqual(parts[j]!);
        }),
      );
    }),
    { numRuns: 20 },
  ));

it('drops groups on both sides of a cut, with their number', () => {
  const times = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  const split = timeSplit(times, shares, { groups: keysOf([1, 2, 3, 4, 5, 5, 5, 6, 7, 7]) });
  expect(membership(split.parts)).toBe('tttt---vhh');
  expect([split.droppedGroups, split.droppedRows]).toEqual([1, 3]);
});

it('leaves rows without a target out', () => {
  const { parts, leftOut } = timeSplit(Float64Array.of(0, 1, 2, 3, 4, 5, 6), shares, { strata: Int32Array.of(-1, 0, 0, 0, 0, 0, -1) });
  expect([parts[0], parts[6], leftOut]).toEqual([255, 255, 2]);
  expect(partCounts(parts)).toEqual({ train: 3, validation: 1, test: 1, none: 2 });
});

it('refuses times that cannot be cut', () => {
  expect(() => timeSplit(Float64Array.of(Number.NaN), shares)).toThrow('allTimesMissing {"rows":1}');
  expect(() => timeSplit(Float64Array.of(1, 1, 2, 2), shares)).toThrow('tooFewTimes {"distinct":2,"needed":3}');
  expect(() => timeSplit(Float64Array.of(1, 2, 3, 4, 5), shares, { groups: keysOf([1, 1, 1, 1, 2]) })).toThrow('partWithoutRows');
});

it('keeps a settled row where it was when its time is edited, and cuts newcomers in time', () => {
  const times = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  const keys = keysOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const { parts, cuts } = timeSplit(times, shares);
  const later = Float64Array.of(99, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2);
  const made = laterTimeParts(later, cuts, keysOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), new Int32Array(12), { keys, parts }, false);
  expect([...made.parts.slice(0, 10)]).toEqual([...parts]);
  expect([...made.parts.slice(10)]).toEqual([2, 0]);
});

it('keeps a group on its side: newcomers beyond the cut take no part, and a dropped group does not come back', () => {
  const times = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  // Group 50 lies on both sides from the beginning, group 1 on the training side.
  const groups = keysOf([50, 1, 1, 2, 3, 4, 5, 6, 7, 50]);
  const { parts, cuts, droppedGroups } = timeSplit(times, shares, { groups });
  expect(droppedGroups).toBe(1);
  const later = Float64Array.of(...times, 9, 1);
  const made = laterTimeParts(later, cuts, keysOf([50, 1, 1, 2, 3, 4, 5, 6, 7, 50, 1, 1]), new Int32Array(12), { keys: groups, parts }, true);
  expect([...made.parts.slice(0, 10)]).toEqual([...parts]);
  expect([...made.parts.slice(10)]).toEqual([255, 0]);
  expect(made).toMatchObject({ droppedGroups: 1, droppedRows: 3 });
});

it('gives rows without a target no part', () => {
  const keys = keysOf([0, 1, 2, 3, 4]);
  const { parts, cuts } = timeSplit(Float64Array.of(0, 1, 2, 3, 4), [0.6, 0.2, 0.2]);
  const made = laterTimeParts(Float64Array.of(0, 1, 2, 3, 4), cuts, keys, Int32Array.of(0, -1, 0, 0, 0), { keys, parts }, false);
  expect(made.parts[1]).toBe(255);
});
