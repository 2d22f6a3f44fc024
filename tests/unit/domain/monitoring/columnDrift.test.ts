import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../../src/domain/canonical';
import type { Column, ColumnType } from '../../../../src/domain/data/table';
import { chiSquared } from '../../../../src/domain/monitoring/chiSquared';
import { columnDrift } from '../../../../src/domain/monitoring/columnDrift';
import { jensenShannon } from '../../../../src/domain/monitoring/jensenShannon';
import { kolmogorov } from '../../../../src/domain/monitoring/kolmogorov';
import { seeded } from '../../../../src/domain/random';
import { scaledWasserstein } from './driftGolden';

const options = { seed: 1, alpha: 0.05 };
const numeric = (values: ArrayLike<number>, type: ColumnType = 'number'): Column => ({
  name: 'x',
  type,
  values: { kind: 'numeric', values: Float64Array.from(values) },
});
const category = (values: readonly (string | null)[]): Column => {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  return {
    name: 'x',
    type: 'category',
    values: { kind: 'coded', dictionary, codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))) },
  };
};
const repeated = (parts: readonly (readonly [string | null, number])[]): Column =>
  category(parts.flatMap(([value, count]) => new Array<string | null>(count).fill(value)));
const normal = (seed: number, n: number, shift = 0): Float64Array => {
  const random = seeded(seed);
  return Float64Array.from({ length: n }, () => random.normal() + shift);
};

describe('columnDrift', () => {
  it('tests numbers by KS and measures W₁ in sd, held against chance', () => {
    const a = normal(1, 2000);
    const b = normal(2, 500, 0.5);
    const drift = columnDrift(numeric(a), numeric(b), options);
    const ks = kolmogorov(a, b);
    expect(drift).toMatchObject({
      test: 'ks',
      statistic: ks.statistic,
      p: ks.p,
      distance: scaledWasserstein(a, b),
      scale: 'reference',
      n: 2000,
      m: 500,
      beyond: true,
    });
    expect(drift.excess).toBe(drift.distance! / drift.threshold!);
    expect(drift.missing).toEqual({ reference: 0, current: 0, p: null, distance: null, threshold: null });
    expect(drift.psi).toBeGreaterThan(0.1);
    expect(drift.moved?.kind).toBe('range');
    expect(columnDrift(numeric(a), numeric(normal(3, 500)), options).beyond).toBe(false);
  });

  it('sees that values went missing although those present stayed put', () => {
    const a = normal(1, 2000);
    const b = normal(2, 500).map((value, row) => (row % 5 === 0 ? NaN : value));
    const drift = columnDrift(numeric(a), numeric(b), options);
    expect(drift.distance!).toBeLessThan(drift.threshold!);
    expect(drift).toMatchObject({ n: 2000, m: 400, beyond: true, missing: { reference: 0, current: 0.2 } });
    expect(drift.p).toBe(2 * chiSquared([2000, 0], [400, 100]).p);
    // No value was ever missing in the reference: chance alone gives nothing, so no ratio can be formed.
    expect(drift.excess).toBeNull();
  });

  it('doubles the smaller p when both values and missing shares are tested, and never beyond 1', () => {
    const withMissing = (seed: number): Float64Array => normal(seed, 400).map((value, row) => (row % 4 === 0 ? NaN : value));
    const drift = columnDrift(numeric(withMissing(1)), numeric(withMissing(2)), options);
    expect(drift.p).toBe(Math.min(1, 2 * Math.min(kolmogorov(withMissing(1), withMissing(2)).p, 1)));
    expect(columnDrift(numeric(withMissing(1)), numeric(withMissing(1)), options)).toMatchObject({ p: 1, distance: 0, beyond: false, excess: 0, moved: null });
  });

  it('tests categories by χ² and the Jensen–Shannon distance with missing as a category', () => {
    const reference = repeated([
      ['a', 300],
      ['b', 100],
      [null, 40],
    ]);
    const current = repeated([
      ['b', 60],
      ['a', 60],
      [null, 60],
      ['new', 20],
    ]);
    const drift = columnDrift(reference, current, options);
    const expected = chiSquared([300, 100, 0, 40], [60, 60, 20, 60]);
    expect(drift).toMatchObject({
      test: 'chi2',
      statistic: expected.statistic,
      p: expected.p,
      n: 440,
      m: 200,
      newCategories: ['new'],
      newCategoryCount: 1,
      beyond: true,
    });
    expect(drift.distance).toBe(jensenShannon([300, 100, 0, 40], [60, 60, 20, 60], 2));
    expect(drift.missing).toMatchObject({ reference: 40 / 440, current: 0.3, p: null });
    expect(drift.moved).toEqual({ kind: 'category', name: 'a', reference: 300 / 440, current: 0.3 });
    expect(drift.histogram.at(-1)?.kind).toBe('missing');
  });

  it('compares booleans by shares', () => {
    const drift = columnDrift(
      numeric([...new Array<number>(80).fill(0), ...new Array<number>(20).fill(1)], 'boolean'),
      numeric([0, 0, 0, 0, 0, 0, 0, 1, 1, 1], 'boolean'),
      options,
    );
    expect(drift).toMatchObject({ test: 'chi2', type: 'boolean', moved: { kind: 'category', name: 'false' } });
  });

  it('says how many rare categories were joined', () => {
    const drift = columnDrift(
      repeated([
        ['a', 300],
        ['b', 200],
        ['r', 2],
        ['s', 3],
      ]),
      repeated([
        ['a', 150],
        ['b', 100],
        ['t', 40],
      ]),
      options,
    );
    expect(drift.pooledCategories).toBe(3);
  });

  it('stays plain JSON where there is nothing to compare, nothing varies, or values are infinite', () => {
    const cases: [Column, Column][] = [
      [numeric([1, 2, 3]), numeric([NaN, NaN])],
      [numeric([NaN]), numeric([NaN])],
      [numeric([1, 2, 3]), numeric([])],
      [numeric([5, 5, 5, 5]), numeric([5, 6])],
      [numeric([5, 5]), numeric([5])],
      [numeric([1, 2, Infinity, -Infinity]), numeric([Infinity, 3])],
      [category([null, null]), category([null])],
      [category([]), category(['a'])],
    ];
    for (const [reference, current] of cases) {
      const drift = columnDrift(reference, current, options);
      expect(JSON.parse(canonicalJson(drift as unknown as Json))).toEqual(drift);
    }
    expect(columnDrift(numeric([1, 2, 3]), numeric([NaN, NaN]), options)).toMatchObject({
      statistic: null,
      distance: null,
      threshold: null,
      psi: null,
      moved: null,
    });
    expect(columnDrift(numeric([5, 5, 5, 5]), numeric([5, 6]), options)).toMatchObject({ scale: 'pooled', threshold: 0, excess: null, beyond: true });
    expect(columnDrift(numeric([1, 2, Infinity]), numeric([2, 3]), options).missing.reference).toBeCloseTo(1 / 3, 12);
  });

  it('is a bug to call with different kinds of values', () => {
    expect(() => columnDrift(numeric([1]), category(['a']), options)).toThrow(TypeError);
  });
});
