import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codedHistogram, movedMost, numericHistogram, type DriftBin } from '../../../../src/domain/monitoring/driftHistogram';
import { sortedSample } from '../../../../src/domain/monitoring/sortedSample';

const total = (bins: readonly DriftBin[], side: 'reference' | 'current'): number => bins.reduce((sum, bin) => sum + bin[side], 0);
const finite = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 }).map((x) => sortedSample(Float64Array.from(x)));

describe('driftHistogram', () => {
  it('cuts numbers at round edges with open ends, untouched by a wild value', () => {
    const reference = Float64Array.from({ length: 1001 }, (_, i) => i / 10);
    const current = Float64Array.from({ length: 500 }, (_, i) => 50 + i / 10);
    const bins = numericHistogram(reference, current);
    expect(bins.map((bin) => (bin.kind === 'range' ? bin.high : undefined))).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, null]);
    expect(bins[0]).toMatchObject({ low: null, high: 10 });
    const edges = (some: readonly DriftBin[]): unknown => some.map((bin) => (bin.kind === 'range' ? [bin.low, bin.high] : bin));
    expect(edges(numericHistogram(reference, Float64Array.from([...current, 1e9])))).toEqual(edges(bins));
  });

  it('gives few distinct values a bin each, also those that only the batch has', () => {
    expect(numericHistogram(Float64Array.of(0, 0, 1, 1), Float64Array.of(1, 2))).toEqual([
      { kind: 'value', value: 0, reference: 0.5, current: 0 },
      { kind: 'value', value: 1, reference: 0.5, current: 0.5 },
      { kind: 'value', value: 2, reference: 0, current: 0.5 },
    ]);
    expect(numericHistogram(Float64Array.of(), Float64Array.of())).toEqual([]);
  });

  it('loses no row of either side, has at most fifteen bins and rising edges', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const bins = numericHistogram(a, b);
        expect(total(bins, 'reference')).toBeCloseTo(1, 12);
        expect(total(bins, 'current')).toBeCloseTo(1, 12);
        expect(bins.length).toBeLessThanOrEqual(15);
        for (const bin of bins) if (bin.kind === 'range' && bin.low !== null && bin.high !== null) expect(bin.high).toBeGreaterThan(bin.low);
      }),
    );
  });

  it('shows the twelve largest categories of either side, the others together, and the missing', () => {
    const names = Array.from({ length: 20 }, (_, k) => `c${k}`);
    const reference = Float64Array.from(names, (_, k) => 100 - k);
    const current = Float64Array.from(names, (_, k) => (k === 19 ? 500 : 10));
    const bins = codedHistogram({ names, reference, current, missing: { reference: 3, current: 0 } });
    expect(bins.map((bin) => bin.kind)).toEqual([...new Array<string>(12).fill('category'), 'other', 'missing']);
    expect(bins[0]).toMatchObject({ name: 'c19' });
    expect(bins[12]).toMatchObject({ categories: 8 });
    expect(total(bins, 'reference')).toBeCloseTo(1, 12);
    expect(total(bins, 'current')).toBeCloseTo(1, 12);
    expect(movedMost(bins)).toMatchObject({ kind: 'category', name: 'c19' });
  });

  it('names nothing as moved when nothing moved', () => {
    expect(movedMost([{ kind: 'category', name: 'a', reference: 1, current: 1 }])).toBeNull();
  });
});
