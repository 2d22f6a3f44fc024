/** @file The split: exact sizes, stored cuts, groups that stay together, and independence of order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from './cpuTime';
import { keyHex } from '../../../../src/domain/data/keyHex';
import { partCounts } from '../../../../src/domain/data/membership';
import { rowKeys } from '../../../../src/domain/data/rowKey';
import { applySplit, splitOf, type SplitRequest } from '../../../../src/domain/data/split';
import { partSizes, type Shares } from '../../../../src/domain/data/shares';
import { coded, numeric, tableOf } from './tables';

const shares: Shares = [0.7, 0.15, 0.15];
const keysOf = (values: readonly number[]): Uint8Array => rowKeys(tableOf(numeric('x', values)), [0]);
const counting = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => i + from);
const strataFrom = (texts: readonly (string | null)[]): { of: Int32Array; labels: string[] } => {
  const column = coded('y', texts);
  return column.values.kind === 'coded' ? { of: column.values.codes, labels: [...column.values.dictionary] } : { of: new Int32Array(0), labels: [] };
};
const split = (request: Partial<SplitRequest> & { keys: Uint8Array }) => splitOf({ strata: null, shares, seed: 1, ...request });
const partsByKey = (keys: Uint8Array, parts: Uint8Array): Map<string, number> => new Map(Array.from(parts, (part, row) => [keyHex(keys, row), part]));

describe('a split', () => {
  it('has exact sizes', () => {
    const { parts, leftOut } = split({ keys: keysOf(counting(1000)) });
    expect(partCounts(parts)).toEqual({ train: 700, validation: 150, test: 150, none: 0 });
    expect(leftOut).toBe(0);
  });

  it('is exact in every stratum, and leaves rows without a target out', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'b', 'b', 'c', 'c', null), { minLength: 60, maxLength: 300 }), fc.integer({ min: 1 }), (texts, seed) => {
        const strata = strataFrom(texts);
        const { parts, leftOut } = split({ keys: keysOf(counting(texts.length)), strata, seed });
        expect(leftOut).toBe(texts.filter((text) => text === null).length);
        const labels = [...strata.labels].sort();
        const sizes = partSizes(
          labels.map((label) => texts.filter((text) => text === label).length),
          shares,
        );
        labels.forEach((label, i) =>
          expect(partCounts(parts.filter((_, row) => texts[row] === label))).toMatchObject({
            train: sizes[i]![0],
            validation: sizes[i]![1],
            test: sizes[i]![2],
          }),
        );
      }),
    ));

  it('gives the same part to the same row in any order of rows and strata', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray(counting(80), { minLength: 80 }), fc.integer({ min: 1, max: 99 }), (order, seed) => {
        const textOf = (i: number): string => 'cab'[i % 3]!;
        const keys = keysOf(counting(80));
        const turned = keysOf(order);
        const a = split({ keys, strata: strataFrom(counting(80).map(textOf)), seed });
        const b = split({ keys: turned, strata: strataFrom(order.map(textOf)), seed });
        expect(partsByKey(turned, b.parts)).toEqual(new Map([...partsByKey(turned, b.parts).keys()].map((key) => [key, partsByKey(keys, a.parts).get(key)])));
        expect(b.cuts).toEqual(a.cuts);
      }),
      { numRuns: 30 },
    ));

  it('is reproduced by its stored cuts', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', '__proto__', null), { minLength: 50, maxLength: 200 }), fc.integer({ min: 1 }), (texts, seed) => {
        const strata = strataFrom(texts);
        const keys = keysOf(counting(texts.length));
        const { parts, cuts } = split({ keys, strata, seed });
        expect([...applySplit(JSON.parse(JSON.stringify(cuts)) as typeof cuts, keys, strata)]).toEqual([...parts]);
      }),
    ));

  it('deals later rows out at about the same shares, unseen strata too', () => {
    const { cuts } = split({ keys: keysOf(counting(200)), strata: strataFrom(counting(200).map((i) => 'ab'[i % 2]!)) });
    const later = counting(30_000, 1000);
    const counts = partCounts(applySplit(cuts, keysOf(later), strataFrom(later.map((i) => 'abz'[i % 3]!))));
    // The cuts of 100 rows are quantiles of 100 uniform numbers, moved towards the ideal: within .05 is generous but not idle.
    expect(Math.abs(counts.train / 30_000 - 0.7)).toBeLessThan(0.05);
    const unseen = partCounts(applySplit(cuts, keysOf(later), strataFrom(later.map(() => 'new'))));
    // Four standard errors of a share of .7 in 30,000.
    expect(Math.abs(unseen.train / 30_000 - 0.7)).toBeLessThan(4 * Math.sqrt(0.21 / 30_000));
  });

  it('moves no settled row when its label changes, and no old group when a row of it arrives', () => {
    const texts = counting(200).map((i) => (i % 4 === 0 ? 'a' : 'b'));
    const keys = keysOf(counting(200));
    const { parts, cuts } = split({ keys, strata: strataFrom(texts) });
    const fixed = strataFrom(texts.map((text, i) => (i % 7 === 0 ? 'a' : text)));
    expect([...applySplit(cuts, keys, fixed, { keys, parts })]).toEqual([...parts]);
  });

  it('keeps equal rows on one side, within half of the largest key of the exact size', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 120, maxLength: 400 }), fc.integer({ min: 1 }), (values, seed) => {
        const keys = keysOf(values);
        const { parts } = split({ keys, seed });
        const sides = new Map<number, Set<number>>();
        values.forEach((value, row) => sides.set(value, (sides.get(value) ?? new Set()).add(parts[row]!)));
        for (const side of sides.values()) expect(side.size).toBe(1);
        const largest = Math.max(...[...sides.keys()].map((value) => values.filter((v) => v === value).length));
        const exact = partSizes([values.length], shares)[0]!;
        const counts = partCounts(parts);
        expect(Math.abs(counts.train - exact[0])).toBeLessThanOrEqual(largest / 2);
        expect(Math.abs(counts.test - exact[2])).toBeLessThanOrEqual(largest / 2);
      }),
    ));

  it('keeps a group together, under the stratum of most of its rows', () => {
    const rows = counting(400);
    const groups = keysOf(rows.map((i) => Math.floor(i / 4)));
    const strata = strataFrom(rows.map((i) => 'aabb'[i % 4]!));
    const { parts, cuts } = split({ keys: keysOf(rows), groups, strata });
    for (let g = 0; g < 100; g++) expect(new Set(parts.slice(4 * g, 4 * g + 4)).size).toBe(1);
    expect([...applySplit(cuts, groups, strata)]).toEqual([...parts]);
    // Every group is a tie, so all belong to 'a', and its cuts alone decide.
    const only = split({ keys: keysOf(rows), groups });
    expect([...only.parts]).toEqual([...parts]);
  });

  it('changes with the seed', () => {
    const keys = keysOf(counting(100));
    expect([...split({ keys, seed: 1 }).parts]).not.toEqual([...split({ keys, seed: 2 }).parts]);
  });

  it('gives a class of one or two rows to train first', () => {
    const { parts } = split({ keys: keysOf(counting(100)), strata: strataFrom(counting(100).map((i) => (i === 0 ? 'rare' : i < 3 ? 'odd' : 'usual'))) });
    expect(parts[0]).toBe(0);
    expect(Math.min(parts[1]!, parts[2]!)).toBe(0);
  });

  it('refuses what cannot be split', () => {
    expect(() => split({ keys: keysOf(counting(4)) })).toThrow('tooFewRows {"rows":4,"needed":5}');
    expect(() => split({ keys: keysOf([1, 1, 1, 1, 1, 1, 2]) })).toThrow('tooFewRows {"rows":2,"needed":5}');
    expect(() => split({ keys: keysOf(counting(50)), shares: [0.7, 0.2, 0.2] })).toThrow('badShares');
    const groups = keysOf(counting(60).map((i) => i % 6));
    expect(() => split({ keys: keysOf(counting(60)), groups, strata: strataFrom(counting(60).map(String)) })).toThrow(
      'fewerRowsThanClasses {"rows":6,"classes":60}',
    );
    expect(() => split({ keys: keysOf(counting(6)), strata: strataFrom([...'abcdef']) })).toThrow('partWithoutRows');
    expect(() => split({ keys: keysOf(counting(60)), seed: 0 })).toThrow(RangeError);
  });

  it('of a million rows takes under three seconds', () => {
    const rows = 1_000_000;
    const keys = rowKeys(
      { rows, columns: [{ name: 'x', type: 'number', values: { kind: 'numeric', values: Float64Array.from({ length: rows }, (_, i) => i) } }] },
      [0],
    );
    const strata = { of: Int32Array.from({ length: rows }, (_, i) => i % 5), labels: [...'abcde'] };
    const start = cpuTime();
    const { parts, cuts } = split({ keys, strata });
    const dealt = cpuTime();
    const again = applySplit(cuts, keys, strata, { keys, parts });
    console.log(`split: a million rows in ${(dealt - start).toFixed(0)} ms; applied with settled rows in ${(cpuTime() - dealt).toFixed(0)} ms`);
    expect(partCounts(parts)).toEqual({ train: 700_000, validation: 150_000, test: 150_000, none: 0 });
    expect(Buffer.compare(again, parts)).toBe(0);
    expect(dealt - start).toBeLessThan(3000);
  });
});
