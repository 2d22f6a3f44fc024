/** @file Histograms: every value in one bin, edges that read well. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOf } from '../../../../src/domain/data/histogram';
import { quantile } from '../../../../src/domain/quantile';

const of = (values: readonly number[], kind: 'number' | 'whole' | 'date' = 'number') => {
  const sorted = Float64Array.from(values).sort();
  return histogramOf(sorted, [quantile(sorted, 0.25), quantile(sorted, 0.75)], kind);
};

describe('a histogram', () => {
  it('has one bin a value for a few whole numbers', () =>
    expect(of([0, 0, 1, 3], 'whole')).toEqual({ edges: [0, 1, 2, 3, 4], counts: [2, 1, 0, 1], below: 0, above: 0 }));

  it('has round edges', () => {
    const { edges } = of(Array.from({ length: 100 }, (_, i) => i / 100));
    expect(edges).toEqual(Array.from({ length: 21 }, (_, i) => i / 20));
    expect(of(Array.from({ length: 4 }, (_, i) => i / 10)).edges.every((edge) => String(edge).length <= 5)).toBe(true);
  });

  it('has whole edges for whole numbers of any range', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 50 }), (values) => {
        const { edges, counts } = of(values, 'whole');
        expect(edges.every(Number.isInteger)).toBe(true);
        expect(counts.length).toBeLessThanOrEqual(30);
      }),
    ));

  it('counts every finite value once, inside its bin', () =>
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ min: -5, max: 5, noNaN: true })), { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        (values, date) => {
          const { edges, counts, below, above } = of(values, date ? 'date' : 'number');
          expect(counts.reduce((sum, c) => sum + c, 0) + below + above).toBe(values.length);
          expect(counts.length).toBe(edges.length - 1);
          expect(counts.length).toBeLessThanOrEqual(30);
          counts.forEach((count, i) => {
            const last = i === counts.length - 1;
            const inside = values.filter((v) => v >= edges[i]! && (v < edges[i + 1]! || (last && v <= edges[i + 1]!)));
            expect(count).toBe(inside.length);
          });
        },
      ),
    ));

  it('leaves a few extreme values outside and says how many', () => {
    const { edges, above, below } = of([...Array.from({ length: 999 }, (_, i) => i % 10), 1e6], 'whole');
    expect([edges.at(-1), below, above]).toEqual([10, 0, 1]);
  });

  it('shows a heavy tail whole', () =>
    expect(of([...Array.from({ length: 90 }, (_, i) => i % 10), ...new Array<number>(10).fill(1e6)], 'whole')).toMatchObject({ below: 0, above: 0 }));

  it('divides time by days', () => {
    const day = 86_400_000;
    expect(
      of(
        Array.from({ length: 20 }, (_, i) => i * day + 5000),
        'date',
      ).edges.every((edge) => edge % day === 0),
    ).toBe(true);
  });
});
