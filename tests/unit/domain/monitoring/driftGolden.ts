/** @file Reads tests/golden/drift.json, refuses other versions than those its script pins, and measures the largest difference. */

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { sortedSample } from '../../../../src/domain/monitoring/sortedSample';
import { wassersteinScale, wassersteinSorted } from '../../../../src/domain/monitoring/wasserstein';

interface Sample {
  name: string;
  method: 'exact' | 'asymp';
  D: number;
  p: number;
  w1: number;
  w1OverSd: number | null;
  a?: number[];
  b?: number[];
  rule?: { n: number; m: number; multipliers: [number, number]; starts: [number, number]; modulus: number; shift: number };
}

interface DriftGolden {
  versions: { numpy: string; scipy: string; statsmodels: string };
  command: string;
  samples: Sample[];
  tables: { name: string; table: [number[], number[]]; statistic: number; degrees: number; p: number }[];
  tails: { x: number; k: number; p: number }[];
  histograms: { name: string; p: number[]; q: number[]; base2: number; natural: number }[];
  families: { name: string; p: number[]; adjusted: number[] }[];
  stability: { name: string; reference: number[]; current: number[]; bins: number; edges: number[]; psi: number }[];
}

export const golden = JSON.parse(readFileSync(new URL('../../../golden/drift.json', import.meta.url), 'utf8')) as DriftGolden;
if (golden.versions.scipy !== '1.17.1' || golden.versions.statsmodels !== '0.15.0' || golden.versions.numpy !== '2.4.6') {
  throw new Error(`drift.json was written by other versions: renew it with ${golden.command}`);
}

/** The two samples of a case: stored, or made by the linear congruence that the script uses (products stay below 2^53). */
export function samplesOf(sample: Sample): [Float64Array, Float64Array] {
  if (!sample.rule) return [Float64Array.from(sample.a!), Float64Array.from(sample.b!)];
  const { n, m, multipliers, starts, modulus, shift } = sample.rule;
  const congruence = (count: number, a: number, start: number, offset: number): Float64Array => {
    let s = start;
    return Float64Array.from({ length: count }, () => {
      s = (a * s + 12345) % modulus;
      return s / modulus + offset;
    });
  };
  return [congruence(n, multipliers[0], starts[0], 0), congruence(m, multipliers[1], starts[1], shift)];
}

/** Expects every pair within the tolerance (relative, or absolute below 1e-300), and prints the largest difference found. */
export function expectClose(what: string, pairs: readonly (readonly [ours: number, theirs: number])[], tolerance: number): void {
  let largest = 0;
  for (const [ours, theirs] of pairs) {
    const difference = ours === theirs ? 0 : Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-300);
    expect(difference, `${what}: ${ours} v ${theirs}`).toBeLessThanOrEqual(tolerance);
    largest = Math.max(largest, difference);
  }
  console.log(`${what}: largest relative difference ${largest.toExponential(1)} over ${pairs.length} numbers (tolerance ${tolerance})`);
}

/** W₁ in standard deviations of the reference (see `wassersteinScale`). NaN when a sample is empty. */
export function scaledWasserstein(reference: Float64Array, current: Float64Array): number {
  const a = sortedSample(reference);
  const b = sortedSample(current);
  return a.length === 0 || b.length === 0 ? Number.NaN : wassersteinSorted(a, b) / wassersteinScale(a, b).value;
}
