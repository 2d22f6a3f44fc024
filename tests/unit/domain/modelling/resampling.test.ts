import { describe, expect, it } from 'vitest';
import type { WeightedMetric } from '../../../../src/domain/modelling/metric';
import { jackknifeError } from '../../../../src/domain/modelling/bootstrap';
import { blockReplicates, bootstrapReplicates, joinedReplicates, isDear, jackknifeBlocks, leftOutValues } from '../../../../src/domain/modelling/resampling';

function blockValues(steps: ReturnType<typeof blockReplicates>): Float64Array[] {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
  }
}

describe('bootstrapReplicates', () => {
  it.each([1, 2, 7, 10])('draws exactly n of %i rows in every resample', (n) => {
    const total: WeightedMetric = (counts) => counts.reduce((sum, one) => sum + one, 0);
    expect([...bootstrapReplicates([total], n, { seed: 1, resamples: 200 })[0]!]).toEqual(Array.from({ length: 200 }, () => n));
  });

  it('draws every row equally often, and its counts vary as multinomial ones do', () => {
    const n = 9;
    const resamples = 20_000;
    const drawn = Array.from({ length: n }, (): WeightedMetric => () => 0).map(
      (_, i): WeightedMetric =>
        (counts) =>
          counts[i]!,
    );
    const variance = 1 - 1 / n;
    for (const counts of bootstrapReplicates(drawn, n, { seed: 5, resamples })) {
      const mean = counts.reduce((sum, one) => sum + one, 0) / resamples;
      expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(variance / resamples));
      const spread = counts.reduce((sum, one) => sum + (one - 1) ** 2, 0) / resamples;
      expect(Math.abs(spread - variance)).toBeLessThan(0.05);
    }
  });

  it('repeats with the seed and differs with another', () => {
    const first: WeightedMetric = (counts) => counts[0]!;
    const of = (seed: number): number[] => [...bootstrapReplicates([first], 20, { seed, resamples: 300 })[0]!];
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it('gives the blocks in order, whichever of them is computed first', () => {
    const statistics: WeightedMetric[] = [(counts) => counts[0]!, (counts) => (counts[1] === 0 ? null : counts[2]!)];
    const resampling = { seed: 4, resamples: 250 };
    const apart = [2, 0, 1].map((block) => [block, [...blockValues(blockReplicates(statistics, 12, resampling, block))]] as const).sort(([a], [b]) => a - b);
    expect(apart.map(([, values]) => values[0]!.length)).toEqual([100, 100, 50]);
    expect(joinedReplicates(apart.map(([, values]) => values))).toEqual(bootstrapReplicates(statistics, 12, resampling));
    expect(apart[0]![1][0]).not.toEqual(apart[1]![1][0]);
  });

  it('refuses too few resamples', () => {
    expect(() => bootstrapReplicates([], 5, { seed: 1, resamples: 0 })).toThrow(RangeError);
    expect(() => bootstrapReplicates([], 5, { seed: 1, resamples: 50 })).toThrow(RangeError);
  });
});

describe('leftOutValues', () => {
  it('leaves every row out exactly once', () => {
    const rows = Array.from(
      { length: 23 },
      (_, i): WeightedMetric =>
        (counts) =>
          1 - counts[i]!,
    );
    for (const left of leftOutValues(rows, 23, 5, { seed: 3 })) expect(left.reduce((sum, one) => sum + one, 0)).toBe(1);
  });
});

describe('leftOutValues of ordered rows', () => {
  it('has random blocks: every hundredth row in turn would stratify sorted rows and understate the doubt', () => {
    const n = 1000;
    // The mean of 0 … n − 1: its jackknife error is (n / √12) / √n = 9.13. Every hundredth row would give about 0.3.
    const mean: WeightedMetric = (counts) => {
      let sum = 0;
      let rows = 0;
      counts.forEach((count, i) => {
        sum += count * i;
        rows += count;
      });
      return sum / rows;
    };
    const error = jackknifeError(leftOutValues([mean], n, 100, { seed: 1 })[0]!);
    expect(error).toBeGreaterThan(9.13 * 0.75);
    expect(error).toBeLessThan(9.13 * 1.25);
  });
});

describe('isDear', () => {
  it('is so above 50,000 rows, or 100,000 row passes of a metric with several', () => {
    expect([isDear(50_000, 1), isDear(50_001, 1), isDear(10_000, 10), isDear(10_001, 10)]).toEqual([false, true, false, true]);
    expect([jackknifeBlocks(200_000, 1), jackknifeBlocks(200_000, 10)]).toEqual([100, 40]);
  });
});
