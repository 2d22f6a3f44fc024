import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinnedIndices } from '../../../../src/domain/modelling/curveThinning';
import { seeded } from '../../../../src/domain/random';

function staircase(n: number, seed: number): { x: Float64Array; y: Float64Array } {
  const random = seeded(seed);
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 1; i < n; i++) {
    const up = random.next() < 0.9 - (0.8 * i) / n;
    x[i] = x[i - 1]! + (up ? 0 : 1);
    y[i] = y[i - 1]! + (up ? 1 : 0);
  }
  return { x, y };
}

describe('thinnedIndices', () => {
  it('keeps at most so many, ascending, with both ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 600 }), fc.integer({ min: 2, max: 100 }), fc.integer({ min: 1, max: 100 }), (n, most, seed) => {
        const { x, y } = staircase(n, seed);
        const kept = [...thinnedIndices(x, y, most)];
        expect(kept.length).toBeLessThanOrEqual(most);
        expect([kept[0], kept.at(-1)]).toEqual([0, n - 1]);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      }),
    );
  });

  it('no point of the curve lies above the hull of the kept ones, in either direction of x', () => {
    for (const seed of [1, 2, 3]) {
      for (const sign of [1, -1]) {
        const { x, y } = staircase(5000, seed);
        const turned = x.map((value) => sign * value);
        const kept = thinnedIndices(turned, y, 400);
        const highest = (slope: number, indices: Iterable<number>): number => {
          let best = -Infinity;
          for (const i of indices) best = Math.max(best, y[i]! - slope * turned[i]!);
          return best;
        };
        // A hull is what is highest in every direction.
        for (const slope of [0, 0.1, 0.5, 1, 2, 10]) expect(highest(sign * slope, kept)).toBe(highest(sign * slope, y.keys()));
      }
    }
  });

  it('thins a hull that is itself too long, evenly and with its ends', () => {
    const angle = (i: number): number => (Math.PI / 2) * (i / 999);
    const x = Float64Array.from({ length: 1000 }, (_, i) => 1 - Math.cos(angle(i)));
    const y = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(angle(i)));
    const kept = thinnedIndices(x, y, 50);
    expect(kept.length).toBe(50);
    expect([kept[0], kept.at(-1)]).toEqual([0, 999]);
    for (let i = 1; i < 50; i++) expect(kept[i]! - kept[i - 1]!).toBeLessThanOrEqual(21);
  });

  it('leaves a short curve alone and refuses to drop an end', () => {
    expect([...thinnedIndices(Float64Array.of(0, 1, 2), Float64Array.of(0, 5, 6), 3)]).toEqual([0, 1, 2]);
    expect(() => thinnedIndices(Float64Array.of(0, 1), Float64Array.of(0, 1), 1)).toThrow(RangeError);
  });
});
