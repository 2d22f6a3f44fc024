import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedSample } from '../../../../src/domain/monitoring/sortedSample';
import { binCounts, populationStability, stabilityEdges } from '../../../../src/domain/monitoring/stability';
import { seeded, type Random } from '../../../../src/domain/random';
import { expectClose, golden } from './driftGolden';

const normal = (random: Random, n: number, shift = 0): Float64Array => Float64Array.from({ length: n }, () => random.normal() + shift);

function stabilityOf(reference: Float64Array, current: Float64Array, bins = 10, halfRow = 0.5): number {
  const sorted = sortedSample(reference);
  const edges = stabilityEdges(sorted, bins);
  return populationStability(binCounts(sorted, edges), binCounts(sortedSample(current), edges), halfRow);
}

const meanByChance = (n: number, m: number, repetitions: number, halfRow = 0.5): { mean: number; aboveTenth: number } => {
  const random = seeded(n + m);
  let sum = 0;
  let above = 0;
  for (let i = 0; i < repetitions; i++) {
    const psi = stabilityOf(normal(random, m), normal(random, n), 10, halfRow);
    sum += psi;
    if (psi > 0.1) above++;
  }
  return { mean: sum / repetitions, aboveTenth: above / repetitions };
};

describe('stability', () => {
  it('equals an independent computation with numpy: edges and index', () => {
    const results = golden.stability.map((expected) => {
      const reference = Float64Array.from(expected.reference);
      return {
        expected,
        edges: stabilityEdges(sortedSample(reference), expected.bins),
        psi: stabilityOf(reference, Float64Array.from(expected.current), expected.bins),
      };
    });
    expectClose(
      'edges',
      results.flatMap(({ expected, edges }) => expected.edges.map((edge, k) => [edges[k]!, edge] as const)),
      1e-12,
    );
    expectClose(
      'PSI',
      results.map(({ expected, psi }) => [psi, expected.psi] as const),
      1e-12,
    );
  });

  it('gives the number of the notes on exact shares: .098083', () => {
    expect(populationStability([0.1, 0.4, 0.5], [0.2, 0.3, 0.5], 0)).toBeCloseTo(0.098083, 6);
  });

  it('is not moved by one wild value: one sd of shift, n = 5,000, about .956 with and without an outlier of 10,000', () => {
    const random = seeded(3);
    const reference = normal(random, 5000);
    const current = normal(random, 5000, 1);
    const plain = stabilityOf(reference, current);
    const inCurrent = stabilityOf(reference, Float64Array.from([...current, 1e4]));
    const inBoth = stabilityOf(Float64Array.from([...reference, 1e4]), Float64Array.from([...current, 1e4]));
    console.log(`PSI ${plain.toFixed(4)}, with an outlier ${inCurrent.toFixed(4)}, with one on both sides ${inBoth.toFixed(4)}`);
    // The notes' .956 is one sample; the index of one sd has a standard error of about .03 at this size.
    expect(Math.abs(plain - 0.956)).toBeLessThan(0.1);
    expect(Math.abs(inCurrent - plain)).toBeLessThan(0.002);
    expect(Math.abs(inBoth - plain)).toBeLessThan(0.005);
  });

  it('has by chance alone the size of the notes, about .0984 simulated, 100 v 5,000 rows', () => {
    const plain = meanByChance(100, 5000, 1000, 0);
    const smoothed = meanByChance(100, 5000, 1000);
    console.log(`PSI by chance, 100 v 5,000: mean ${plain.mean.toFixed(4)} (notes .0984), above 0.1: ${plain.aboveTenth} (.42)`);
    console.log(`  with half a row a bin: mean ${smoothed.mean.toFixed(4)}, above 0.1: ${smoothed.aboveTenth} (.33)`);
    // Standard errors over 1,000 repetitions: .0015 for the mean, .016 for the shares; three of each.
    expect(Math.abs(plain.mean - 0.0984)).toBeLessThan(0.0045);
    expect(Math.abs(plain.aboveTenth - 0.42)).toBeLessThan(0.048);
    expect(Math.abs(smoothed.aboveTenth - 0.33)).toBeLessThan(0.048);
    expect(smoothed.mean).toBeLessThan(plain.mean);
  });

  it('has by chance .33 for 50 v 50 rows and .0175 for 1,000 v 1,000', () => {
    expect(Math.abs(meanByChance(50, 50, 1500).mean - 0.33)).toBeLessThan(0.02);
    expect(Math.abs(meanByChance(1000, 1000, 300).mean - 0.0175)).toBeLessThan(0.0015);
  });

  it('gives every distinct value its own bin when there are few, and never an edge twice', () => {
    expect(stabilityEdges(Float64Array.of(0, 0, 1, 1, 1))).toEqual(Float64Array.of(0.5));
    expect(stabilityEdges(Float64Array.of(4, 4))).toEqual(Float64Array.of());
    expect(stabilityEdges(Float64Array.of())).toEqual(Float64Array.of());
    const heap = sortedSample(Float64Array.from({ length: 1000 }, (_, i) => (i < 600 ? 0 : i)));
    expect([...stabilityEdges(heap)].filter((edge) => edge === 0)).toHaveLength(1);
  });

  it('loses no row, is never negative, and is zero on itself', () => {
    fc.assert(
      fc.property(
        fc.float64Array({ minLength: 1, maxLength: 60, noNaN: true, noDefaultInfinity: true }),
        fc.float64Array({ maxLength: 60, noNaN: true }),
        (a, b) => {
          const sorted = sortedSample(a);
          const edges = stabilityEdges(sorted);
          expect(edges.every((edge, k) => k === 0 || edge > edges[k - 1]!)).toBe(true);
          expect(binCounts(sortedSample(b), edges).reduce((s, x) => s + x, 0)).toBe(b.length);
          expect(stabilityOf(a, b)).toBeGreaterThanOrEqual(0);
          expect(stabilityOf(a, a)).toBe(0);
        },
      ),
    );
  });

  it('is symmetric for equal totals and refuses different bins', () => {
    expect(populationStability([10, 20, 30], [30, 20, 10])).toBeCloseTo(populationStability([30, 20, 10], [10, 20, 30]), 14);
    expect(() => populationStability([1], [1, 2])).toThrow(RangeError);
  });
});
