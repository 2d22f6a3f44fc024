import { bytes } from 'kernel:exactMath';
import { describe, expect, it } from 'vitest';
import { exp64, log64 } from '../../../../src/domain/exactMath';
import { seeded } from '../../../../src/domain/random';
import { startKernel } from '../../../../workers/kernels/kernel';

interface ExactMath {
  exp64(x: number): number;
  log64(x: number): number;
}

const bits = (x: number): bigint => new BigUint64Array(Float64Array.of(x).buffer)[0]!;
/** Distance in units of the last place. */
const ulps = (a: number, b: number): number => (Object.is(a, b) || (a !== a && b !== b) ? 0 : Number(bits(Math.abs(a)) - bits(Math.abs(b))));

const corners = [0, -0, 1, -1, 1e-300, 5e-324, 2.2250738585072014e-308, 1e308, Infinity, -Infinity, NaN, 0.5, Math.SQRT2, 709.78, 709.79, -708.39, -708.4, 1e-17];

describe('exponential and logarithm', () => {
  it('have the same bits in the kernel and in its twin', async () => {
    const { run } = await startKernel<ExactMath>('exactMath', bytes);
    const random = seeded(7);
    const inputs = [...corners, ...Array.from({ length: 20_000 }, () => (random.next() - 0.5) * 10 ** (6 * random.next() - 3)), ...Array.from({ length: 20_000 }, () => 10 ** (600 * random.next() - 300))];
    for (const x of inputs) {
      expect([x, bits(run.exp64(x))]).toEqual([x, bits(exp64(x))]);
      expect([x, bits(run.log64(x))]).toEqual([x, bits(log64(x))]);
    }
  });

  it('are within two units in the last place of the built-in ones', () => {
    const random = seeded(8);
    let worst = 0;
    for (let i = 0; i < 50_000; i++) {
      const x = 1400 * random.next() - 700;
      worst = Math.max(worst, Math.abs(ulps(exp64(x), Math.exp(x))));
      const y = 10 ** (600 * random.next() - 300);
      worst = Math.max(worst, Math.abs(ulps(log64(y), Math.log(y))));
    }
    expect(worst).toBeLessThanOrEqual(2);
  });
});
