import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../src/domain/random';
import { alongComponents, principalComponents } from '../../../../workers/unsupervised/principalComponents';
import { symmetricEigen } from '../../../../workers/unsupervised/symmetricEigen';

const table = (rows: number, features: number, seed: number): Float32Array => {
  const random = seeded(seed);
  const mix = Array.from({ length: features * features }, () => random.normal());
  const x = new Float32Array(rows * features);
  for (let i = 0; i < rows; i++) {
    const own = Array.from({ length: features }, (_, f) => random.normal() / (1 + f));
    for (let f = 0; f < features; f++) x[i * features + f] = own.reduce((sum, value, g) => sum + value * mix[g * features + f]!, 0);
  }
  return x;
};

describe('principal components', () => {
  it('have the same bits by the kernel as by its twin', async () => {
    for (const [rows, features] of [[50, 7], [9, 8], [2, 3], [101, 1]] as const) {
      const x = table(rows, features, 4);
      const plan = { components: Math.min(features, rows - 1), seed: 1 };
      const [native, plain] = [await principalComponents(x, rows, features, { ...plan, engine: 'native' }), await principalComponents(x, rows, features, { ...plan, engine: 'plain' })];
      expect(Array.from(native.components)).toEqual(Array.from(plain.components));
      expect(Array.from(native.variances)).toEqual(Array.from(plain.variances));
    }
  });

  it('are orthonormal, and the rows along them have their variances and no correlation', async () => {
    const [rows, features] = [200, 6];
    const x = table(rows, features, 5);
    const found = await principalComponents(x, rows, features, { components: 6, engine: 'native', seed: 1 });
    const along = alongComponents(found, x, rows);
    for (let a = 0; a < 6; a++)
      for (let b = 0; b <= a; b++) {
        let [inner, moment] = [0, 0];
        for (let f = 0; f < features; f++) inner += found.components[a * 6 + f]! * found.components[b * 6 + f]!;
        for (let i = 0; i < rows; i++) moment += (along[i * 6 + a]! * along[i * 6 + b]!) / (rows - 1);
        expect(inner).toBeCloseTo(a === b ? 1 : 0, 12);
        expect(moment).toBeCloseTo(a === b ? found.variances[a]! : 0, 8);
      }
    expect(found.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('are found among many features by random projections, as by the whole matrix', async () => {
    const [rows, features] = [60, 520];
    const random = seeded(8);
    const directions = Array.from({ length: 3 * features }, () => random.normal());
    const x = new Float32Array(rows * features);
    for (let i = 0; i < rows; i++) {
      const own = [9 * random.normal(), 5 * random.normal(), 2 * random.normal()];
      for (let f = 0; f < features; f++) x[i * features + f] = own.reduce((sum, value, d) => sum + value * directions[d * features + f]!, 0.1 * random.normal());
    }
    const plan = { components: 3, engine: 'native', seed: 2 } as const;
    const [fast, exact] = [await principalComponents(x, rows, features, plan), await principalComponents(x, rows, features, { ...plan, solver: 'exact' })];
    for (let at = 0; at < fast.components.length; at++) expect(Math.abs(fast.components[at]! - exact.components[at]!)).toBeLessThan(1e-8);
    for (let c = 0; c < 3; c++) expect(fast.variances[c]! / exact.variances[c]!).toBeCloseTo(1, 10);
  });

  it('say that nothing varies where nothing does', async () => {
    const found = await principalComponents(new Float32Array(20).fill(3), 5, 4, { components: 2, engine: 'native', seed: 1 });
    expect(Array.from(found.variances)).toEqual([0, 0]);
    expect(Array.from(found.shares)).toEqual([0, 0]);
    expect(found.components.every(Number.isFinite)).toBe(true);
  });

  it('refuse more than there can be, and numbers that are not finite', async () => {
    const plan = { components: 3, engine: 'plain', seed: 1 } as const;
    await expect(principalComponents(new Float32Array(9), 3, 3, plan)).rejects.toThrow(RangeError);
    await expect(principalComponents(Float32Array.of(1, 2, Infinity, 4), 4, 1, { ...plan, components: 1 })).rejects.toThrow(/row 2/);
  });
});

describe('eigenvectors of a symmetric matrix', () => {
  it('turn it into its eigenvalues, for matrices with equal ones, zeros and none', async () => {
    const random = seeded(9);
    for (const n of [1, 2, 3, 10, 40]) {
      for (const kind of ['random', 'identity', 'zero', 'one rank'] as const) {
        const v = Array.from({ length: n }, () => random.normal());
        const matrix = new Float64Array(n * n);
        for (let i = 0; i < n; i++)
          for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = { random: random.normal(), identity: i === j ? 1 : 0, zero: 0, 'one rank': v[i]! * v[j]! }[kind];
        const { values, vectors } = await symmetricEigen(matrix, n);
        for (let a = 0; a < n; a++) {
          if (a > 0) expect(values[a]).toBeLessThanOrEqual(values[a - 1]!);
          for (let i = 0; i < n; i++) {
            let image = 0;
            for (let j = 0; j < n; j++) image += matrix[i * n + j]! * vectors[a * n + j]!;
            expect(Math.abs(image - values[a]! * vectors[a * n + i]!)).toBeLessThan(1e-12 * Math.max(1, n));
          }
          for (let b = 0; b <= a; b++) {
            let inner = 0;
            for (let j = 0; j < n; j++) inner += vectors[a * n + j]! * vectors[b * n + j]!;
            expect(Math.abs(inner - (a === b ? 1 : 0))).toBeLessThan(1e-12);
          }
        }
      }
    }
  });

  it('are refused for numbers that are not finite', async () => {
    await expect(symmetricEigen(Float64Array.of(1, 0, NaN, 1), 2)).rejects.toThrow(RangeError);
  });
});
