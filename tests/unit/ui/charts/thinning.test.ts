/** @file Thinning keeps the ends and the spikes, and never more than asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyIndices, thinnedIndices } from '../../../../src/ui/charts/thinning';

describe('thinnedIndices', () => {
  it('keeps ends, lowest and highest, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 3000 }), fc.integer({ min: 8, max: 400 }), (y, most) => {
        const kept = thinnedIndices(y, most);
        expect(kept.length).toBeLessThanOrEqual(Math.max(most, 4));
        expect(kept[0]).toBe(0);
        expect(kept[kept.length - 1]).toBe(y.length - 1);
        for (let i = 1; i < kept.length; i++) expect(kept[i]!).toBeGreaterThan(kept[i - 1]!);
        const values = kept.map((index) => y[index]!);
        expect(Math.max(...values)).toBe(Math.max(...y));
        expect(Math.min(...values)).toBe(Math.min(...y));
      }),
      { numRuns: 60 },
    );
  });
});

describe('everyIndices', () => {
  it('takes exactly as many as asked, spread over all', () => {
    const kept = everyIndices(1_000_000, 4000);
    expect(kept).toHaveLength(4000);
    expect(kept[0]).toBe(0);
    expect(kept[3999]!).toBeGreaterThan(999_000);
  });
});
