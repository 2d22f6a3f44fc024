import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kolmogorov } from '../../../../src/domain/monitoring/kolmogorov';
import { seeded } from '../../../../src/domain/random';
import { expectClose, golden, samplesOf } from './driftGolden';

const floats = fc.float64Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true });

describe('kolmogorov', () => {
  const results = golden.samples.map((sample) => ({ sample, ours: kolmogorov(...samplesOf(sample)) }));

  it('equals scipy.stats.ks_2samp: D, and the p of the method it names', () => {
    for (const { sample, ours } of results) expect(ours.method, sample.name).toBe(sample.method === 'exact' ? 'exact' : 'asymptotic');
    // D is a quotient of whole numbers here, a difference of two quotients there.
    expectClose(
      'D',
      results.map(({ sample, ours }) => [ours.statistic, sample.D] as const),
      1e-13,
    );
    // Exact p: products of up to 16,000 rounded factors on both sides.
    expectClose(
      'exact p',
      results.filter(({ sample }) => sample.method === 'exact').map(({ sample, ours }) => [ours.p, sample.p] as const),
      1e-10,
    );
    // Tails: logarithms of about −500 in sums on our side lose three digits.
    expectClose(
      'asymptotic p',
      results.filter(({ sample }) => sample.method === 'asymp').map(({ sample, ours }) => [ours.p, sample.p] as const),
      1e-9,
    );
  });

  it('gives the numbers of the notes: D .2, p .994458', () => {
    const { statistic, p } = kolmogorov(Float64Array.of(1, 2, 2, 3, 4, 5, 6, 7, 8, 9), Float64Array.of(2, 3, 4, 4, 5, 7, 8, 9, 10, 12));
    expect(statistic).toBeCloseTo(0.2, 12);
    expect(p).toBeCloseTo(0.994458, 6);
  });

  it('joins the exact and the asymptotic p without a step that matters', () => {
    // 10,000 v 1,600: exact by size; 10,001 v 1,600 with a wide gap: asymptotic. The same shift must tell the same story.
    const random = seeded(5);
    const a = Float64Array.from({ length: 10_001 }, () => random.normal());
    const b = Float64Array.from({ length: 1_600 }, () => random.normal() + 0.17);
    const exact = kolmogorov(a.subarray(0, 10_000), b);
    const asymptotic = kolmogorov(a, b);
    expect([exact.method, asymptotic.method]).toEqual(['exact', 'asymptotic']);
    expect(Math.abs(Math.log(asymptotic.p / exact.p))).toBeLessThan(0.2);
  });

  it('ignores NaN, and has nothing to say about an empty sample', () => {
    expect(kolmogorov(Float64Array.of(1, NaN, 2), Float64Array.of(NaN, 2, 3))).toEqual(kolmogorov(Float64Array.of(1, 2), Float64Array.of(2, 3)));
    expect(kolmogorov(Float64Array.of(NaN), Float64Array.of(1))).toEqual({ statistic: 0, p: 1, method: 'exact', n: 0, m: 1 });
  });

  it('is the same either way round, blind to order and to increasing transformations', () => {
    fc.assert(
      fc.property(floats, floats, (a, b) => {
        const one = kolmogorov(a, b);
        const other = kolmogorov(b, a);
        expect(other.statistic).toBe(one.statistic);
        expect(Math.abs(other.p - one.p)).toBeLessThanOrEqual(1e-12 * one.p + 1e-300);
        expect(kolmogorov(a.slice().reverse(), b)).toEqual(one);
        expect(
          kolmogorov(
            a.map((x) => -x),
            b.map((x) => -x),
          ).statistic,
        ).toBe(one.statistic);
        expect(one.p).toBeGreaterThanOrEqual(0);
        expect(one.p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('finds a shift of 0.3 sd with 1,000 rows on each side in at least 98 of 100 samples at p < .05', () => {
    const random = seeded(11);
    const sample = (n: number, shift: number): Float64Array => Float64Array.from({ length: n }, () => random.normal() + shift);
    let found = 0;
    for (let i = 0; i < 100; i++) if (kolmogorov(sample(1000, 0), sample(1000, 0.3)).p < 0.05) found++;
    console.log(`power of KS, 0.3 sd, 1,000 v 1,000: ${found} of 100`);
    expect(found).toBeGreaterThanOrEqual(98);
  });
});
