/** @file How large a distance chance alone produces for a batch of this size: the threshold a drift distance is held against. */

import { seeded } from '../random';
import { jensenShannon } from './jensenShannon';

export interface ThresholdOptions {
  /** A whole number from 1 on. */
  readonly seed: number;
  /** How often a batch that has not drifted may exceed the threshold. */
  readonly alpha: number;
  /** Batches drawn, at least 200. */
  readonly draws?: number;
}

/** Fewest batches drawn: with 200 the 0.95-quantile is the 191st, and its own exceedance rate is known to about ±0.015. */
export const fewestDraws = 200;

/** The cap on work: a drawn batch has at most this many rows. A larger batch is drawn at the cap, and the root law gives its threshold. */
export const rowsPerDraw = 10_000;

/** The cap on the reference: above this many values it is stood for by this many bins of its ranks. */
export const rankBins = 2_048;

/** Extreme values that keep a bin of their own on either side, so that wild values keep their weight in the distance. */
const singles = 64;

/**
 * Threshold of W₁/scale. Batches of `batchRows` values are drawn from the reference with replacement, each is held against the reference, and the
 * (1 − α)-quantile of the distances is taken (the ⌈(draws + 1)(1 − α)⌉-th smallest, so that a further exchangeable batch exceeds it with chance α).
 *
 * Root law: a drawn batch knows the reference exactly, whereas a real one is compared with a sample of n from an unknown source. W₁ between
 * samples of n and m from one source scales as √(1/n + 1/m); so the quantile is multiplied by √(d/n + d/m), d being the rows drawn.
 *
 * Misleads: the law needs a finite variance and a reference that has seen the tail. At alpha .05, measured over 1,500 batches: normal .053 to .060,
 * log-normal .061 (3,000 v 300 rows) to .085 (400 v 400), Cauchy .085 to .47. The rank test beside it does not mind tails, which is why both must agree.
 *
 * @param sorted the reference's values, finite, ascending. @param batchRows m ≥ 1. @param scale what the distance is divided by.
 */
export function numericDriftThreshold(sorted: Float64Array, batchRows: number, scale: number, options: ThresholdOptions): number {
  const n = sorted.length;
  const bins = rankBinsOf(sorted);
  const count = new Float64Array(bins.share.length);
  const random = seeded(options.seed);
  return calibrated(n, batchRows, options, (rows) => {
    count.fill(0);
    for (let i = 0; i < rows; i++) count[bins.binOf[Math.floor(random.next() * n)]!]!++;
    // Δ = F* − F at the bins' ends. Inside a bin the drawn rows are taken as spread evenly over its ranks, so the area is linear in both Δ.
    let before = 0;
    let area = 0;
    for (let k = 0; k < count.length; k++) {
      const after = before + count[k]! / rows - bins.share[k]!;
      area += Math.abs(before * bins.weightBefore[k]! + after * bins.weightAfter[k]!);
      before = after;
    }
    return area / scale;
  });
}

/**
 * Threshold of the Jensen–Shannon distance, base 2, by the same draws and the same root law. Drawn batches know only the categories of the reference:
 * where it has few rows for each, real batches exceed it far more often than α. Measured at .05: 2 to 100 categories .025 to .068; 1,000
 * categories .75 for 3,000 v 300 rows and 1 for 400 v 400. χ², which joins rare categories, must agree before anything is called drift.
 * @param counts the reference's rows per category. @param batchRows m ≥ 1.
 */
export function codedDriftThreshold(counts: ArrayLike<number>, batchRows: number, options: ThresholdOptions): number {
  let n = 0;
  for (let k = 0; k < counts.length; k++) n += counts[k]!;
  const random = seeded(options.seed);
  const draw = categorySampler(counts, n);
  const drawn = new Float64Array(counts.length);
  return calibrated(n, batchRows, options, (rows) => {
    drawn.fill(0);
    for (let i = 0; i < rows; i++) drawn[draw(random.next())]!++;
    return jensenShannon(counts, drawn, 2);
  });
}

function calibrated(n: number, batchRows: number, { alpha, draws = fewestDraws }: ThresholdOptions, distanceOfDraw: (rows: number) => number): number {
  if (draws < fewestDraws) throw new RangeError(`a threshold needs at least ${fewestDraws} draws, not ${draws}`);
  if (!(n > 0) || !(batchRows > 0)) throw new RangeError('a threshold needs rows on both sides');
  const rows = Math.min(batchRows, rowsPerDraw);
  const distances = new Float64Array(draws);
  for (let i = 0; i < draws; i++) distances[i] = distanceOfDraw(rows);
  distances.sort();
  const rank = Math.min(draws, Math.ceil((draws + 1) * (1 - alpha)));
  return distances[rank - 1]! * Math.sqrt(rows / n + rows / batchRows);
}

interface RankBins {
  /** The bin of each rank of the reference. */
  readonly binOf: Uint16Array;
  /** Share of the reference in each bin. */
  readonly share: Float64Array;
  /** Width of the bin weighted by how far each of its gaps is from its end, and from its beginning. */
  readonly weightBefore: Float64Array;
  readonly weightAfter: Float64Array;
}

/** Bins of consecutive ranks. With at most `rankBins` values each is its own bin and W₁ is exact. */
function rankBinsOf(sorted: Float64Array): RankBins {
  const n = sorted.length;
  const binOf = new Uint16Array(n);
  if (n <= rankBins) {
    for (let r = 0; r < n; r++) binOf[r] = r;
  } else {
    const middle = rankBins - 2 * singles;
    const inner = n - 2 * singles;
    for (let r = 0; r < n; r++) {
      if (r < singles) binOf[r] = r;
      else if (r >= n - singles) binOf[r] = rankBins - (n - r);
      else binOf[r] = singles + Math.floor(((r - singles) * middle) / inner);
    }
  }
  const size = Math.min(n, rankBins);
  const share = new Float64Array(size);
  for (let r = 0; r < n; r++) share[binOf[r]!]! += 1;
  const weightBefore = new Float64Array(size);
  const weightAfter = new Float64Array(size);
  let within = 0;
  for (let r = 0; r < n; r++) {
    const bin = binOf[r]!;
    within = r > 0 && binOf[r - 1] === bin ? within + 1 : 1;
    if (r === n - 1) break;
    const gap = sorted[r + 1]! - sorted[r]!;
    const t = within / share[bin]!;
    weightBefore[bin]! += gap * (1 - t);
    weightAfter[bin]! += gap * t;
  }
  for (let k = 0; k < size; k++) share[k]! /= n;
  return { binOf, share, weightBefore, weightAfter };
}

/** Draws a category by its share from one uniform number in constant time: Walker's alias method, tables built after Vose (1991). */
function categorySampler(counts: ArrayLike<number>, total: number): (uniform: number) => number {
  const size = counts.length;
  const height = new Float64Array(size);
  const alias = new Int32Array(size);
  const low: number[] = [];
  const high: number[] = [];
  for (let k = 0; k < size; k++) {
    height[k] = (counts[k]! * size) / total;
    alias[k] = k;
    (height[k]! < 1 ? low : high).push(k);
  }
  while (low.length > 0 && high.length > 0) {
    const small = low.pop()!;
    const large = high[high.length - 1]!;
    alias[small] = large;
    height[large]! -= 1 - height[small]!;
    if (height[large]! < 1) low.push(high.pop()!);
  }
  // What is left over in either list is 1 but for rounding.
  for (const k of low) height[k] = 1;
  for (const k of high) height[k] = 1;
  return (uniform) => {
    const scaled = uniform * size;
    const k = Math.floor(scaled);
    return scaled - k < height[k]! ? k : alias[k]!;
  };
}
