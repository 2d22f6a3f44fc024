import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../src/domain/random';
import { purify } from '../../../../../workers/training/additive/purification';

describe('a purified pair', () => {
  it('has weighted means of 0 along both features, and says the same together with what was moved', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 1e6 }), (first, second, outputs, seed) => {
        const random = seeded(seed);
        const scores = Float64Array.from({ length: first * second * outputs }, () => random.normal());
        const weights = Float64Array.from({ length: first * second }, () => (random.below(3) === 0 ? 0 : 1 + random.below(50)));
        const before = scores.slice();
        const moved = purify(scores, weights, first, second, outputs);
        for (let k = 0; k < outputs; k++) {
          const at = (a: number, b: number): number => scores[(a * second + b) * outputs + k]!;
          for (let a = 0; a < first; a++) {
            for (let b = 0; b < second; b++) expect(at(a, b) + moved.first[a * outputs + k]! + moved.second[b * outputs + k]!).toBeCloseTo(before[(a * second + b) * outputs + k]!, 9);
          }
          const mean = (cells: readonly (readonly [number, number])[]): number => {
            const total = cells.reduce((sum, [a, b]) => sum + weights[a * second + b]!, 0);
            return total === 0 ? 0 : cells.reduce((sum, [a, b]) => sum + weights[a * second + b]! * at(a, b), 0) / total;
          };
          for (let a = 0; a < first; a++) expect(Math.abs(mean(Array.from({ length: second }, (_, b) => [a, b] as const)))).toBeLessThan(1e-8);
          for (let b = 0; b < second; b++) expect(Math.abs(mean(Array.from({ length: first }, (_, a) => [a, b] as const)))).toBeLessThan(1e-8);
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('is nothing where it only added up two features', () => {
    const scores = Float64Array.from({ length: 20 }, (_, cell) => Math.floor(cell / 5) + 10 * (cell % 5));
    const moved = purify(scores, new Float64Array(20).fill(2), 4, 5, 1);
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(1e-12);
    expect(moved.first[3]! - moved.first[0]!).toBeCloseTo(3, 12);
    expect(moved.second[4]! - moved.second[0]!).toBeCloseTo(40, 12);
  });
});
