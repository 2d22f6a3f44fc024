/** @file Drift of one column: a test that asks whether it moved, and a distance that says how far, held against chance. */

import type { Column, ColumnType } from '../data/table';
import { asCategories, categoryCounts, newCategoriesOf } from './categoryCounts';
import { chiSquared } from './chiSquared';
import { codedHistogram, movedMost, numericHistogram, type DriftBin } from './driftHistogram';
import { codedDriftThreshold, numericDriftThreshold, type ThresholdOptions } from './driftThreshold';
import { jensenShannon } from './jensenShannon';
import { kolmogorovSorted } from './kolmogorov';
import { sortedSample } from './sortedSample';
import { binCounts, populationStability, stabilityEdges } from './stability';
import { wassersteinScale, wassersteinSorted } from './wasserstein';

/** The share of missing values on both sides; for a numeric column with its own test and distance. */
export interface MissingDrift {
  readonly reference: number;
  readonly current: number;
  /** χ² on missing and not missing. Null: no test of its own (a coded column, or too few missing for one). */
  readonly p: number | null;
  /** Jensen–Shannon, base 2, on missing and not missing; null where p is. */
  readonly distance: number | null;
  readonly threshold: number | null;
}

export interface ColumnDrift {
  readonly name: string;
  readonly type: ColumnType;
  readonly test: 'ks' | 'chi2';
  /** KS: D. χ²: the statistic. Null when a side has no value to compare. */
  readonly statistic: number | null;
  /** One p for the column, not adjusted for other columns. */
  readonly p: number;
  /** How the p of the values came about. */
  readonly method: 'exact' | 'asymptotic';
  readonly distance: number | null;
  readonly distanceName: 'wassersteinBySd' | 'jensenShannonBase2';
  /** What chance alone exceeds with chance alpha at this batch size. Null where the distance is. */
  readonly threshold: number | null;
  /** Whose standard deviation W₁ was divided by; null for coded columns. `pooled`: the reference is constant. */
  readonly scale: 'reference' | 'pooled' | null;
  /** PSI over the reference's deciles; null for coded columns and where a side is empty. */
  readonly psi: number | null;
  /** A distance beyond its threshold: that of the values, or that of the missing share. */
  readonly beyond: boolean;
  /** The larger of distance ÷ threshold of values and of missing share. Null: a threshold of zero was passed, beyond any ratio. */
  readonly excess: number | null;
  /** Values compared: numeric: present ones. Coded: all rows, as missing is a category. */
  readonly n: number;
  readonly m: number;
  readonly missing: MissingDrift;
  readonly moved: DriftBin | null;
  /** The most frequent categories that the reference never saw, at most fifty; and how many there are. */
  readonly newCategories: readonly string[];
  readonly newCategoryCount: number;
  /** Categories that χ² had to join into one rare cell. */
  readonly pooledCategories: number;
  readonly histogram: readonly DriftBin[];
}

/**
 * Compares one column of a batch with the reference.
 *
 * - Numbers, whole numbers and dates: Kolmogorov–Smirnov, W₁ in sd of the reference, PSI. Infinite values count as missing: no distance could hold them.
 *   If any value is missing on either side, and enough for χ², missing against present is tested too. The column's p is then
 *   min(1, 2·min(p of values, p of missing)), which is Bonferroni for two questions, and each distance gets a threshold at alpha/2.
 * - Categories, and booleans as `false` and `true`: χ² and the Jensen–Shannon distance, base 2, with missing as a category of its own.
 *
 * @throws TypeError when one column is numeric and the other is not: see `isComparable` in batchSchema.ts.
 */
export function columnDrift(reference: Column, current: Column, options: ThresholdOptions): ColumnDrift {
  const coded = reference.values.kind === 'coded';
  if (coded !== (current.values.kind === 'coded')) throw new TypeError(`column ${reference.name} has different kinds of values on both sides`);
  return coded || reference.type === 'boolean' ? codedDrift(reference, current, options) : numericDrift(reference, current, options);
}

function numericDrift(reference: Column, current: Column, options: ThresholdOptions): ColumnDrift {
  const rows = { reference: valuesOf(reference).length, current: valuesOf(current).length };
  const a = finiteSorted(valuesOf(reference));
  const b = finiteSorted(valuesOf(current));
  const absent = [rows.reference - a.length, rows.current - b.length] as const;
  const presence = [
    [a.length, absent[0]],
    [b.length, absent[1]],
  ] as const;
  const missingTest = chiSquared(presence[0], presence[1]);
  const bothAsked = missingTest.degrees > 0;
  const each: ThresholdOptions = bothAsked ? { ...options, alpha: options.alpha / 2 } : options;
  const missing: MissingDrift = {
    reference: shareOf(absent[0], rows.reference),
    current: shareOf(absent[1], rows.current),
    p: bothAsked ? missingTest.p : null,
    distance: bothAsked ? jensenShannon(presence[0], presence[1], 2) : null,
    threshold: bothAsked ? codedDriftThreshold(presence[0], rows.current, each) : null,
  };

  const ks = kolmogorovSorted(a, b);
  const comparable = a.length > 0 && b.length > 0;
  const scale = comparable ? wassersteinScale(a, b) : null;
  const distance = scale ? wassersteinSorted(a, b) / scale.value : null;
  const threshold = scale ? numericDriftThreshold(a, b.length, scale.value, each) : null;
  const edges = stabilityEdges(a);
  const histogram = numericHistogram(a, b);
  return {
    name: reference.name,
    type: reference.type,
    test: 'ks',
    statistic: comparable ? ks.statistic : null,
    p: bothAsked ? Math.min(1, 2 * Math.min(ks.p, missingTest.p)) : ks.p,
    method: ks.method,
    distance,
    distanceName: 'wassersteinBySd',
    threshold,
    scale: scale?.of ?? null,
    psi: comparable ? populationStability(binCounts(a, edges), binCounts(b, edges)) : null,
    ...excessOf([distance, threshold], [missing.distance, missing.threshold]),
    n: a.length,
    m: b.length,
    missing,
    // With one side empty every bin "moved": only the missing share says something.
    moved: comparable ? movedMost(histogram) : null,
    newCategories: [],
    newCategoryCount: 0,
    pooledCategories: 0,
    histogram,
  };
}

function codedDrift(reference: Column, current: Column, options: ThresholdOptions): ColumnDrift {
  const counts = categoryCounts(asCategories(reference), asCategories(current));
  const { missing } = counts;
  const withMissing = (values: Float64Array, absent: number): Float64Array => {
    if (missing.reference + missing.current === 0) return values;
    const all = new Float64Array(values.length + 1);
    all.set(values);
    all[values.length] = absent;
    return all;
  };
  const p = withMissing(counts.reference, missing.reference);
  const q = withMissing(counts.current, missing.current);
  const n = p.reduce((sum, count) => sum + count, 0);
  const m = q.reduce((sum, count) => sum + count, 0);
  const comparable = n > 0 && m > 0;
  const test = chiSquared(p, q);
  const distance = comparable ? jensenShannon(p, q, 2) : null;
  const threshold = comparable ? codedDriftThreshold(p, m, options) : null;
  const histogram = codedHistogram(counts);
  const fresh = newCategoriesOf(counts);
  return {
    name: reference.name,
    type: reference.type,
    test: 'chi2',
    statistic: comparable ? test.statistic : null,
    p: test.p,
    method: 'asymptotic',
    distance,
    distanceName: 'jensenShannonBase2',
    threshold,
    scale: null,
    psi: null,
    ...excessOf([distance, threshold]),
    n,
    m,
    missing: { reference: shareOf(missing.reference, n), current: shareOf(missing.current, m), p: null, distance: null, threshold: null },
    moved: comparable ? movedMost(histogram) : null,
    newCategories: fresh.names,
    newCategoryCount: fresh.count,
    pooledCategories: test.pooled.length,
    histogram,
  };
}

/** Whether any distance is beyond its threshold, and the largest ratio of the two. */
function excessOf(...pairs: readonly (readonly [number | null, number | null])[]): { beyond: boolean; excess: number | null } {
  let beyond = false;
  let excess: number | null = 0;
  for (const [distance, threshold] of pairs) {
    if (distance === null || threshold === null) continue;
    if (distance > threshold) beyond = true;
    if (threshold === 0 && distance > 0) excess = null;
    else if (excess !== null && threshold > 0) excess = Math.max(excess, distance / threshold);
  }
  return { beyond, excess };
}

function valuesOf(column: Column): Float64Array {
  if (column.values.kind !== 'numeric') throw new TypeError(`column ${column.name} is not numeric`);
  return column.values.values;
}

/** The finite values in order: infinities stand at the ends after sorting. */
function finiteSorted(values: Float64Array): Float64Array {
  const sorted = sortedSample(values);
  let from = 0;
  let to = sorted.length;
  while (from < to && sorted[from] === -Infinity) from++;
  while (to > from && sorted[to - 1] === Infinity) to--;
  return sorted.subarray(from, to);
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
