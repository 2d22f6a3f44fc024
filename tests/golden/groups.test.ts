/** @file Intervals and tests of rows that come in groups, against scipy; and the promise of an interval, against planted truth. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { estimateOf } from '../../src/domain/modelling/estimate';
import { metricNamed } from '../../src/domain/modelling/metrics/registry';
import { mcNemarOf, pairedDifference } from '../../src/domain/modelling/paired';
import type { RowGroups } from '../../src/domain/modelling/rowGroups';
import { signFlips } from '../../src/domain/modelling/signFlips';
import { seeded } from '../../src/domain/random';
import { binaryRows } from '../unit/domain/modelling/scored';

interface Golden {
  readonly header: { readonly tolerance: Readonly<Record<'ends' | 'flips', readonly [number, string]>> };
  readonly group: number[];
  readonly truth: number[];
  readonly scores: [number[], number[]];
  readonly intervals: { readonly name: string; readonly value: number; readonly low: number; readonly high: number; readonly error: number }[];
  readonly differences: { readonly name: string; readonly difference: number; readonly low: number; readonly high: number; readonly error: number }[];
  readonly flips: { readonly leads: number[]; readonly exact: number; readonly statistic: number; readonly approximate: number }[];
}
const golden = JSON.parse(readFileSync(new URL('groups.json', import.meta.url), 'utf8')) as Golden;
const [ends] = golden.header.tolerance.ends;
const [flips] = golden.header.tolerance.flips;
const rows = golden.scores.map((scores) => binaryRows(golden.truth, scores));
const groups: RowGroups = { of: Uint32Array.from(golden.group), count: 40 };

describe('rows in groups', () => {
  it.each(golden.intervals)('the interval of $name is that of BCa over whole groups', ({ name, value, low, high, error }) => {
    const found = estimateOf(metricNamed(name)!, rows[0]!, { seed: 1, resamples: 10_000, groups });
    expect(found.value).toBeCloseTo(value, 12);
    expect(found.method).toBe('bootstrap over 40 groups, 10,000 resamples, BCa');
    expect(Math.abs(found.low! - low) / error).toBeLessThan(ends);
    expect(Math.abs(found.high! - high) / error).toBeLessThan(ends);
    // Counted as independent, the same rows promise too much.
    const single = estimateOf(metricNamed(name)!, rows[0]!, { seed: 1 });
    expect(found.high! - found.low!).toBeGreaterThan(1.2 * (single.high! - single.low!));
  });

  it.each(golden.differences)('the paired difference of $name has the percentiles over whole groups', ({ name, difference, low, high, error }) => {
    const found = pairedDifference(metricNamed(name)!, rows[0]!, rows[1]!, { seed: 1, resamples: 10_000, groups });
    expect(found.difference).toBeCloseTo(difference, 12);
    expect(found.method).toBe('paired bootstrap over 40 groups, 10,000 resamples, percentile');
    expect(Math.abs(found.low! - low) / error).toBeLessThan(ends);
    expect(Math.abs(found.high! - high) / error).toBeLessThan(ends);
  });

  it.each(golden.flips)('sign flips of $leads have the p that counting all of them gives', ({ leads, exact, statistic, approximate }) => {
    expect(Math.abs(signFlips(Int32Array.from(leads), 'exact').p - exact)).toBeLessThan(flips);
    const other = signFlips(Int32Array.from(leads), 'approximate');
    expect(Math.abs(other.statistic! - statistic)).toBeLessThan(flips * statistic + flips);
    expect(Math.abs(other.p - approximate)).toBeLessThan(flips);
  });

  it('names the test of two models and the groups it flips', () => {
    expect(mcNemarOf(rows[0]!, rows[1]!, groups).method).toBe('sign flips of whole groups, exact, 40 groups');
  });
});

describe('coverage of planted truth where rows come in groups', () => {
  /** 50 groups of 8 rows; a group is easy (all but a tenth right) or hard (half right), so rows of one group are alike. Truth: 0.7. */
  const planted = (seed: number): { rows: ReturnType<typeof binaryRows>; groups: RowGroups } => {
    const random = seeded(seed);
    const of = Uint32Array.from({ length: 400 }, (_, i) => Math.floor(i / 8));
    const easy = Array.from({ length: 50 }, () => random.next() < 0.5);
    const right = Array.from(of, (group) => random.next() < (easy[group]! ? 0.9 : 0.5));
    const truth = right.map((_, i) => i % 2);
    return { rows: binaryRows(truth, truth, truth.map((t, i) => (right[i]! ? t : 1 - t))), groups: { of, count: 50 } };
  };

  it('accuracy over whole groups holds 0.7 in 95 % of samples, and as if rows were independent in far fewer', () => {
    const trials = 400;
    const held = [0, 0];
    for (let t = 1; t <= trials; t++) {
      const { rows: sample, groups: shared } = planted(t);
      [shared, undefined].forEach((own, i) => {
        const { low, high } = estimateOf(metricNamed('accuracy')!, sample, { seed: t, resamples: 500, groups: own });
        if (low! <= 0.7 && 0.7 <= high!) held[i]!++;
      });
    }
    const error = Math.sqrt((0.95 * 0.05) / trials);
    expect(held[0]! / trials).toBeGreaterThan(0.935 - 3 * error);
    expect(held[0]! / trials).toBeLessThan(0.95 + 4 * error);
    expect(held[1]! / trials).toBeLessThan(0.9);
    console.log(`coverage of accuracy: over groups ${held[0]! / trials}, over rows ${held[1]! / trials}`);
  });
});
