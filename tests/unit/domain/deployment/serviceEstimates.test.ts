import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quantileEstimate } from '../../../../src/domain/deployment/orderStatistics';
import { serviceEstimates } from '../../../../src/domain/deployment/serviceEstimates';
import { softwareMetrics } from '../../../../src/domain/deployment/softwareMetric';

interface Case {
  readonly values: readonly number[];
  readonly share: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}
const golden = JSON.parse(readFileSync(new URL('../../../golden/latency.json', import.meta.url), 'utf8')) as { readonly cases: readonly Case[] };

describe('a quantile of timings', () => {
  it.each(golden.cases.map((one) => [one.values.length, one.share, one] as const))('of %i values, share %f, has the interval that scipy gives', (_n, share, { values, value, low, high }) => {
    const found = quantileEstimate(values, share);
    expect(found.value).toBeCloseTo(value, 12);
    expect({ low: found.low, high: found.high }).toEqual({ low, high });
  });

  it('covers the true quantile in at least 95 of 100 tries', () => {
    // Uniform numbers from a plain congruential generator: the true quantile is the share itself.
    let seed = 7;
    const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    const tries = 2_000;
    let covered = 0;
    for (let k = 0; k < tries; k++) {
      const { low, high } = quantileEstimate(Array.from({ length: 60 }, next), 0.5);
      if (low! <= 0.5 && high! >= 0.5) covered++;
    }
    // Three standard errors of a share of .95 of 2,000 tries are .0146.
    expect(covered / tries).toBeGreaterThan(0.95 - 0.0146);
  });

  it('is undefined without any', () => {
    expect(quantileEstimate([], 0.5)).toEqual({ value: null, low: null, high: null, n: 0, method: 'undefined' });
  });
});

describe('software metrics', () => {
  it('have one name each, a range and a better side', () => {
    expect(new Set(softwareMetrics.map(({ name }) => name)).size).toBe(softwareMetrics.length);
    for (const { range, direction, unit } of softwareMetrics) {
      expect(range).toEqual([0, null]);
      expect(direction).toBe(unit === 'ms' ? 'lower' : 'higher');
    }
  });

  it('are read off one timing; several requests together are said', () => {
    const timing = { answers: Array.from({ length: 500 }, (_, i) => (i + 1) / 100), together: 4, passes: [90, 100, 110, 105, 95, 98, 102, 99, 101], passesTogether: 1 };
    const named = Object.fromEntries(serviceEstimates(timing).map(({ name, estimate }) => [name, estimate]));
    expect(named.latency_p50).toMatchObject({ value: 2.505, n: 500, method: 'order statistics, means of 4 requests' });
    expect(named.latency_p95!.value).toBeCloseTo(4.7505, 10);
    expect(named.latency_p99!.high).toBeGreaterThan(named.latency_p99!.value!);
    expect(named.throughput).toMatchObject({ value: 100, low: 95, high: 105, n: 9, method: 'order statistics' });
  });
});
