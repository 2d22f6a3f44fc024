import { describe, expect, it } from 'vitest';
import { codedDriftThreshold, numericDriftThreshold, rowsPerDraw } from '../../../../src/domain/monitoring/driftThreshold';
import { jensenShannon } from '../../../../src/domain/monitoring/jensenShannon';
import { populationSd, sortedSample } from '../../../../src/domain/monitoring/sortedSample';
import { wassersteinSorted } from '../../../../src/domain/monitoring/wasserstein';
import { seeded, type Random } from '../../../../src/domain/random';

const options = { seed: 1, alpha: 0.05 };
const drawn = (random: Random, n: number, value: (random: Random) => number): Float64Array =>
  sortedSample(Float64Array.from({ length: n }, () => value(random)));

/** How often W₁/sd of two samples from one source exceeds the threshold calibrated on the first. */
function numericExceedance(n: number, m: number, repetitions: number, value: (random: Random) => number): number {
  const random = seeded(n * 31 + m);
  let exceeded = 0;
  for (let i = 0; i < repetitions; i++) {
    const a = drawn(random, n, value);
    const sd = populationSd(a);
    if (wassersteinSorted(a, drawn(random, m, value)) / sd > numericDriftThreshold(a, m, sd, { ...options, seed: i + 1 })) exceeded++;
  }
  return exceeded / repetitions;
}

function codedExceedance(n: number, m: number, repetitions: number, shares: readonly number[]): number {
  const random = seeded(n * 37 + m);
  const sample = (size: number): Float64Array => {
    const counts = new Float64Array(shares.length);
    for (let i = 0; i < size; i++) {
      let u = random.next();
      let k = 0;
      while (k < shares.length - 1 && u >= shares[k]!) u -= shares[k++]!;
      counts[k]!++;
    }
    return counts;
  };
  let exceeded = 0;
  for (let i = 0; i < repetitions; i++) {
    const a = sample(n);
    if (jensenShannon(a, sample(m), 2) > codedDriftThreshold(a, m, { ...options, seed: i + 1 })) exceeded++;
  }
  return exceeded / repetitions;
}

describe('driftThreshold', () => {
  // 250 repetitions at .05 have a standard error of .014, the 200 draws behind each threshold add little on average: three errors.
  const slack = 0.042;

  it('is exceeded by about one undrifted numeric batch in twenty: reference larger, equal, smaller than the batch', () => {
    for (const [n, m] of [
      [600, 150],
      [200, 200],
      [100, 300],
    ] as const) {
      const rate = numericExceedance(n, m, 250, (random) => random.normal());
      console.log(`exceedance, normal, ${n} v ${m}: ${rate}`);
      expect(Math.abs(rate - 0.05)).toBeLessThan(slack);
    }
  });

  it('holds in the binned form and for skewed values: 6,000 v 300, log-normal', () => {
    const rate = numericExceedance(6000, 300, 150, (random) => Math.exp(random.normal()));
    console.log(`exceedance, log-normal, 6,000 v 300: ${rate}`);
    // Standard error .018 over 150 repetitions.
    expect(Math.abs(rate - 0.05)).toBeLessThan(3 * 0.018 - 0.004);
  });

  it('holds beyond the cap on rows, where the root law carries it: 20,000 v 15,000', () => {
    const rate = numericExceedance(20_000, 15_000, 20, (random) => random.normal());
    console.log(`exceedance, normal, 20,000 v 15,000: ${rate} of 20 repetitions`);
    // Standard error .049 over 20 repetitions.
    expect(rate).toBeLessThan(0.05 + 3 * 0.049);
  });

  it('is exceeded by about one undrifted batch of categories in twenty', () => {
    for (const [n, m, shares] of [
      [1000, 150, [0.5, 0.2, 0.1, 0.1, 0.06, 0.04]],
      [300, 300, [0.9, 0.1]],
      [200, 600, [0.3, 0.3, 0.2, 0.2]],
    ] as const) {
      const rate = codedExceedance(n, m, 250, shares);
      console.log(`exceedance, ${shares.length} categories, ${n} v ${m}: ${rate}`);
      expect(Math.abs(rate - 0.05)).toBeLessThan(slack);
    }
  });

  it('gives in the binned form what single values give', () => {
    const a = drawn(seeded(2), 8000, (random) => random.normal());
    // The same distribution on 2,000 values: every fourth. The root law's √(1/n) differs, so it is taken out.
    const every = a.filter((_, i) => i % 4 === 2);
    const binned = numericDriftThreshold(a, 500, 1, options) / Math.sqrt(500 / 8000 + 1);
    const single = numericDriftThreshold(every, 500, 1, options) / Math.sqrt(500 / 2000 + 1);
    expect(Math.abs(binned / single - 1)).toBeLessThan(0.03);
  });

  it('keeps the weight of a wild value in the binned form', () => {
    const a = drawn(seeded(2), 8000, (random) => random.normal());
    a[7999] = 1e6;
    // Drawn or not, one value in 8,000 moves the mean by 1e6/8,000 = 125: no honest threshold can be below.
    expect(numericDriftThreshold(a, 4000, 1, options)).toBeGreaterThan(100);
  });

  it('falls with the root of the batch, is 0 for a constant, and is the same for the same seed', () => {
    const a = drawn(seeded(2), 8000, (random) => random.normal());
    const at = (m: number): number => numericDriftThreshold(a, m, 1, options);
    expect(at(100)).toBeGreaterThan(at(400));
    expect(at(400)).toBeGreaterThan(at(1600));
    expect(at(400)).toBe(at(400));
    expect(at(4 * rowsPerDraw)).toBeLessThan(at(rowsPerDraw));
    expect(numericDriftThreshold(new Float64Array(50).fill(3), 20, 1, options)).toBe(0);
    expect(codedDriftThreshold([50], 20, options)).toBe(0);
    expect(codedDriftThreshold([50, 0, 50], 20, options)).toBeGreaterThan(0);
  });

  it('refuses too few draws and empty sides', () => {
    expect(() => numericDriftThreshold(Float64Array.of(1), 1, 1, { ...options, draws: 199 })).toThrow(RangeError);
    expect(() => numericDriftThreshold(Float64Array.of(), 1, 1, options)).toThrow(RangeError);
    expect(() => codedDriftThreshold([1], 0, options)).toThrow(RangeError);
  });
});
