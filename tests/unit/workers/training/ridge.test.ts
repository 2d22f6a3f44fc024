import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../src/domain/random';
import { featureRows } from '../../../../workers/training/featureRows';
import { ridge } from '../../../../workers/training/ridge';

const random = seeded(8);
const breathe = () => undefined;
const rows = 50;
const x = Float32Array.from({ length: rows * 3 }, () => random.normal());
const line = Float64Array.from({ length: rows }, (_, i) => 7 + 2 * x[i * 3]! - 3 * x[i * 3 + 2]!);

describe('ridge regression', () => {
  it('finds an exact line without a penalty', async () => {
    const { weights, intercept } = await ridge(featureRows(x, rows, 3), line, undefined, 0, breathe);
    [2, 0, -3].forEach((value, k) => expect(Math.abs(weights[k]! - value)).toBeLessThan(1e-12));
    expect(Math.abs(intercept - 7)).toBeLessThan(1e-12);
  });

  it('gives no weight to constant columns and to repeated ones, and the right line all the same', async () => {
    const wide = new Float32Array(rows * 5);
    for (let i = 0; i < rows; i++) wide.set([x[i * 3]!, 1, x[i * 3 + 1]!, x[i * 3 + 2]!, x[i * 3]!], i * 5);
    const { weights, intercept } = await ridge(featureRows(wide, rows, 5), line, undefined, 0, breathe);
    [2, 0, 0, -3, 0].forEach((value, k) => expect(Math.abs(weights[k]! - value)).toBeLessThan(1e-10));
    expect(Math.abs(intercept - 7)).toBeLessThan(1e-10);
  });

  it('satisfies the normal equations: XᵀW(y − Xβ − b) = l2 β, and the weighted residuals add up to 0', async () => {
    const y = line.map((value) => value + random.normal());
    const w = Float64Array.from({ length: rows }, () => random.next() + 0.1);
    const { weights, intercept } = await ridge(featureRows(x, rows, 3), y, w, 2.5, breathe);
    const residual = y.map((value, i) => w[i]! * (value - intercept - weights.reduce((sum, b, k) => sum + b * x[i * 3 + k]!, 0)));
    expect(Math.abs(residual.reduce((a, b) => a + b))).toBeLessThan(1e-11);
    weights.forEach((b, k) => expect(Math.abs(residual.reduce((sum, r, i) => sum + r * x[i * 3 + k]!, 0) - 2.5 * b)).toBeLessThan(1e-11));
  });

  it('leaves the mean alone under a huge penalty', async () => {
    const { weights, intercept } = await ridge(featureRows(x, rows, 3), line, undefined, 1e12, breathe);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(1e-8);
    expect(intercept).toBeCloseTo(line.reduce((a, b) => a + b) / rows, 8);
  });
});
