import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../src/domain/random';
import { featureRows } from '../../../../workers/training/featureRows';

describe('feature rows', () => {
  it('are sparse below three tenths of non-zeros', () => {
    const x = new Float32Array(100);
    x.fill(1, 0, 29);
    expect(featureRows(x, 10, 10).sparse).toBe(true);
    x.fill(1, 0, 30);
    expect(featureRows(x, 10, 10).sparse).toBe(false);
  });

  it('project, gather and square as plain loops do, sparse or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(0, 0.5, 0.9),
        fc.integer({ min: 1, max: 1e6 }),
        (n, p, k, zeros, seed) => {
          const random = seeded(seed);
          const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal());
          const x = Float32Array.from({ length: n * p }, () => (random.next() < zeros ? 0 : random.normal()));
          const rows = featureRows(x, n, p);
          const [weights, bias, residual, scale] = [numbers(p * k), numbers(k), numbers(n * k), numbers(n)];
          const [out, sum, square] = [new Float64Array(n * k), new Float64Array(p * k), new Float64Array(p * p)];
          const middle = random.below(n + 1);
          for (const [from, to] of [
            [0, middle],
            [middle, n],
          ] as const) {
            rows.project(weights, bias, k, out, from, to);
            rows.gather(residual, k, sum, from, to);
            rows.square(scale, square, from, to);
          }
          for (let i = 0; i < n; i++) {
            for (let j = 0; j < k; j++) {
              let wanted = bias[j]!;
              for (let f = 0; f < p; f++) wanted += x[i * p + f]! * weights[f * k + j]!;
              expect(out[i * k + j]).toBeCloseTo(wanted, 12);
            }
          }
          for (let f = 0; f < p; f++) {
            for (let j = 0; j < k; j++) {
              let wanted = 0;
              for (let i = 0; i < n; i++) wanted += x[i * p + f]! * residual[i * k + j]!;
              expect(sum[f * k + j]).toBeCloseTo(wanted, 12);
            }
            for (let e = 0; e <= f; e++) {
              let wanted = 0;
              for (let i = 0; i < n; i++) wanted += scale[i]! * x[i * p + f]! * x[i * p + e]!;
              expect(square[f * p + e]).toBeCloseTo(wanted, 11);
            }
          }
        },
      ),
    );
  });
});
