/** @file k-means: rows in groups around their means. Lloyd's iterations from seeds far apart (k-means++). */

import { log64 } from '../../src/domain/exactMath';
import { seeded, type Random } from '../../src/domain/random';
import { checkFeatures } from '../training/examplesCheck';
import { grain, plainClusters, type ClusterArithmetic } from './clusterArithmetic';
import { nativeClusters } from './clusterNative';

export interface KMeansPlan {
  /** From 1 to the number of rows. */
  readonly clusters: number;
  /** A whole number from 1 on. */
  readonly seed: number;
  readonly engine: 'native' | 'plain';
  /** How often it begins anew with other seeds; the least inertia is kept. 1 unless said. */
  readonly starts?: number;
  /** 300 unless said. */
  readonly maxIterations?: number;
  /** It ends when the centres move, in squares added up, by no more than this share of the mean variance of the features. 1e-4 unless said. */
  readonly tolerance?: number;
  /** clusters × features: where to begin, instead of seeds. Then there is one start. */
  readonly initial?: Float64Array;
}

export interface Clusters {
  /** clusters × features, row-major. */
  readonly centres: Float64Array;
  /** The nearest centre of each row. */
  readonly labels: Int32Array;
  /** Σ of squared distances of the rows to their centres. */
  readonly inertia: number;
  readonly iterations: number;
}

type Breathe = () => Promise<void> | undefined;

/** Distances of a slice: a few milliseconds. */
const perSlice = 2e6;

/**
 * Agrees with scikit-learn's KMeans from the same initial centres. A centre without rows goes to the row that is furthest from its own.
 * @param x rows × features, row-major, finite. Both engines give the same bits.
 * @throws RangeError for numbers that are not finite, and for more clusters than rows
 */
export async function kMeans(x: Float32Array, rows: number, features: number, plan: KMeansPlan, breathe: Breathe = () => undefined): Promise<Clusters> {
  const { clusters, seed, engine, starts = 1, maxIterations = 300, tolerance = 1e-4, initial } = plan;
  checkFeatures(x, rows, features);
  if (!(clusters >= 1 && clusters <= rows)) throw new RangeError(`${rows} rows do not make ${clusters} clusters`);
  if (initial !== undefined && initial.length !== clusters * features) throw new RangeError(`${clusters} centres of ${features} features are ${clusters * features} numbers, not ${initial.length}`);
  const arithmetic = engine === 'native' ? await nativeClusters(x, rows, features, clusters) : plainClusters(x, rows, features, clusters);
  const random = seeded(seed);
  const enough = tolerance === 0 ? 0 : tolerance * meanVariance(x, rows, features);
  let best: Clusters | undefined;
  for (let start = 0; start < (initial ? 1 : starts); start++) {
    const centres = initial ? initial.slice() : await spreadSeeds(x, rows, features, clusters, random, breathe);
    arithmetic.restart();
    const found = await lloyd({ x, rows, features, clusters, maxIterations, enough, breathe }, arithmetic, centres);
    if (best === undefined || found.inertia < best.inertia) best = found;
  }
  return best!;
}

interface Search {
  readonly x: Float32Array;
  readonly rows: number;
  readonly features: number;
  readonly clusters: number;
  readonly maxIterations: number;
  readonly enough: number;
  readonly breathe: Breathe;
}

async function lloyd(search: Search, arithmetic: ClusterArithmetic, centres: Float64Array): Promise<Clusters> {
  const { x, rows, features, clusters, maxIterations, enough, breathe } = search;
  const slice = grain * Math.max(1, Math.floor(perSlice / (clusters * features * grain)));
  const overRows = async (visit: (from: number, to: number) => void): Promise<void> => {
    for (let from = 0; from < rows; from += slice) {
      visit(from, Math.min(rows, from + slice));
      await breathe();
    }
  };
  const assigned = async (): Promise<number> => {
    let changed = 0;
    await overRows((from, to) => void (changed += arithmetic.assign(centres, from, to)));
    return changed;
  };
  let iterations = 0;
  let changed = await assigned();
  while (changed > 0 && iterations < maxIterations) {
    iterations++;
    const sums = new Float64Array(clusters * features);
    const counts = new Float64Array(clusters);
    await overRows((from, to) => arithmetic.gather(sums, counts, from, to));
    const next = sums.map((sum, at) => sum / counts[Math.floor(at / features)]!);
    if (counts.includes(0)) relocate(search, arithmetic.labels(), centres, counts, next);
    const moved = squareBetween(next, 0, centres, 0, clusters * features);
    centres = next;
    changed = await assigned();
    if (moved <= enough) break;
  }
  const labels = arithmetic.labels().slice();
  return { centres, labels, inertia: inertiaOf(x, rows, features, centres, labels), iterations };
}

function inertiaOf(x: Float32Array, rows: number, features: number, centres: Float64Array, labels: Int32Array): number {
  let sum = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    let square = 0;
    for (let f = 0, c = labels[i]! * features; f < features; f++, at++, c++) {
      const difference = x[at]! - centres[c]!;
      square += difference * difference;
    }
    sum += square;
  }
  return sum;
}

/** Greedy k-means++ (Arthur and Vassilvitskii 2007, §5): of a few rows drawn by their squared distance to the centres so far, the one that brings the rows nearest. */
async function spreadSeeds(x: Float32Array, rows: number, features: number, clusters: number, random: Random, breathe: Breathe): Promise<Float64Array> {
  const centres = new Float64Array(clusters * features);
  const trials = 2 + Math.floor(log64(clusters));
  const slice = Math.max(1, Math.floor(perSlice / features));
  const withRow = async (row: number, squares: Float64Array): Promise<{ readonly squares: Float64Array; readonly total: number }> => {
    const nearer = squares.slice();
    let total = 0;
    for (let i = 0; i < rows; i++) {
      nearer[i] = Math.min(nearer[i]!, squareBetween(x, i * features, x, row * features, features));
      total += nearer[i]!;
      if (i % slice === slice - 1) await breathe();
    }
    return { squares: nearer, total };
  };
  const put = (c: number, row: number): void => centres.set(x.subarray(row * features, (row + 1) * features), c * features);
  const first = random.below(rows);
  put(0, first);
  let state = await withRow(first, new Float64Array(rows).fill(Infinity));
  for (let c = 1; c < clusters; c++) {
    let best: { readonly row: number; readonly squares: Float64Array; readonly total: number } | undefined;
    for (let trial = 0; trial < trials; trial++) {
      const row = drawn(state.squares, state.total, random);
      const one = await withRow(row, state.squares);
      if (best === undefined || one.total < best.total) best = { row, ...one };
    }
    put(c, best!.row);
    state = best!;
  }
  return centres;
}

/** An index with the chance of its share of the total; any where all are 0. */
function drawn(shares: Float64Array, total: number, random: Random): number {
  if (!(total > 0)) return random.below(shares.length);
  let left = random.next() * total;
  for (let i = 0; i < shares.length; i++) {
    left -= shares[i]!;
    if (left < 0) return i;
  }
  return shares.findLastIndex((share) => share > 0);
}

/** Puts each centre without rows on a row of its own: the furthest from its centre first. */
function relocate({ x, rows, features }: Search, labels: Int32Array, centres: Float64Array, counts: Float64Array, next: Float64Array): void {
  const squares = Float64Array.from({ length: rows }, (_, i) => squareBetween(x, i * features, centres, labels[i]! * features, features));
  counts.forEach((count, c) => {
    if (count > 0) return;
    const row = squares.reduce((most, square, i) => (square > squares[most]! ? i : most), 0);
    squares[row] = -1;
    next.set(x.subarray(row * features, (row + 1) * features), c * features);
  });
}

function squareBetween(a: ArrayLike<number>, from: number, b: ArrayLike<number>, start: number, features: number): number {
  let sum = 0;
  for (let f = 0; f < features; f++) {
    const difference = a[from + f]! - b[start + f]!;
    sum += difference * difference;
  }
  return sum;
}

/** The population variance of each feature, averaged. */
function meanVariance(x: Float32Array, rows: number, features: number): number {
  const means = new Float64Array(features);
  for (let i = 0, at = 0; i < rows; i++) for (let f = 0; f < features; f++, at++) means[f]! += x[at]!;
  for (let f = 0; f < features; f++) means[f]! /= rows;
  let sum = 0;
  for (let i = 0, at = 0; i < rows; i++) for (let f = 0; f < features; f++, at++) sum += (x[at]! - means[f]!) ** 2;
  return sum / x.length;
}
