/** @file Profiles: exact counts, JSON-able, and quick. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from './cpuTime';
import { targetOf } from '../../../../src/domain/data/association/association';
import { profileOf } from '../../../../src/domain/data/profile';
import type { Column } from '../../../../src/domain/data/table';
import { seeded } from '../../../../src/domain/random';
import { coded, numeric } from './tables';

describe('a profile', () => {
  it('counts rows, missing and distinct values of numbers', () => {
    expect(profileOf(numeric('x', [1, -0, 0, Number.NaN, Infinity, 1, 2.5]))).toMatchObject({
      rows: 7,
      missing: 1,
      distinct: 4,
      texts: null,
      association: null,
      numeric: { infinite: 1, whole: false, min: 0, max: 2.5, mean: 0.9 },
    });
  });

  it('says how the ends compare with their neighbours', () => {
    const values = [...Array.from({ length: 40 }, (_, i) => Math.floor(i / 2)), ...new Array<number>(30).fill(99_999)];
    expect(profileOf(numeric('x', values)).numeric).toMatchObject({
      lowest: { value: 0, rows: 2, beside: 2 },
      highest: { value: 99_999, rows: 30, beside: 2 },
    });
  });

  it('keeps the 20 most frequent texts, ties by code point, and counts the others', () => {
    const texts = [...Array.from({ length: 30 }, (_, i) => `t${String(i).padStart(2, '0')}`), 't29', 't29', 't05', null, '🙂🙂🙂'];
    const { texts: profile, distinct, missing } = profileOf(coded('c', texts));
    expect([distinct, missing]).toEqual([31, 1]);
    expect(profile!.top.slice(0, 3)).toEqual([
      { text: 't29', rows: 3 },
      { text: 't05', rows: 2 },
      { text: 't00', rows: 1 },
    ]);
    expect(profile!.top).toHaveLength(20);
    expect(profile!.other).toBe(34 - 3 - 2 - 18);
    expect(profile!.lengths).toEqual({ min: 3, mean: 3, max: 3 });
  });

  it('of nothing is empty, not wrong', () => {
    expect(profileOf(numeric('x', [Number.NaN]))).toMatchObject({ missing: 1, distinct: 0, numeric: null });
    expect(profileOf(coded('c', [null]))).toMatchObject({ missing: 1, distinct: 0, texts: null });
    expect(profileOf(numeric('x', [3])).numeric).toMatchObject({ sd: null, quantiles: [3, 3, 3, 3, 3, 3, 3], histogram: { edges: [3, 3], counts: [1] } });
  });

  it('survives JSON, and does not depend on the order of rows', () =>
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 40 }), (values) => {
        const profile = profileOf(numeric('__proto__', values));
        expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
        const { numeric: turned, ...rest } = profileOf(numeric('__proto__', [...values].reverse()));
        expect({ ...rest, numeric: turned && { ...turned, mean: 0, sd: 0 } }).toEqual({
          ...profile,
          numeric: profile.numeric && { ...profile.numeric, mean: 0, sd: 0 },
        });
      }),
      // Found by chance: their difference is more than a number can be.
      { examples: [[[-1.696464263104512e293, 1.7976931348623141e308]]] },
    ));

  it('of a million rows takes under a second, with a target', () => {
    const random = seeded(1);
    const rows = 1_000_000;
    const y = coded('y', ['a', 'b']);
    const target = targetOf(
      { ...y, values: { kind: 'coded', codes: Int32Array.from({ length: rows }, (_, i) => i % 2), dictionary: ['a', 'b'] } },
      { kind: 'classification', target: 'y', classes: ['a', 'b'], positive: 1 },
    );
    const number: Column = { name: 'x', type: 'number', values: { kind: 'numeric', values: Float64Array.from({ length: rows }, () => random.normal()) } };
    const unique: Column = {
      name: 'id',
      type: 'text',
      values: { kind: 'coded', codes: Int32Array.from({ length: rows }, (_, i) => i), dictionary: Array.from({ length: rows }, (_, i) => `id-${i}`) },
    };
    const start = cpuTime();
    const a = profileOf(number, target);
    const between = cpuTime();
    const b = profileOf(unique, target);
    const end = cpuTime();
    console.log(`profile: a million numbers in ${(between - start).toFixed(0)} ms, a million distinct texts in ${(end - between).toFixed(0)} ms`);
    expect([a.distinct, b.distinct]).toEqual([rows, rows]);
    expect(between - start).toBeLessThan(1000);
    expect(end - between).toBeLessThan(1000);
  });
});
