/**
 * @file Numbers and categories as bytes: at most 255 bins of values or categories, and bin 0 for what is missing. The trees and the glass box
 * learn from these bytes. Not the one-hot or ordinal coding of a recipe.
 */

import type { Examples, FeatureMeaning } from '../../../src/domain/modelling/learner';
import { seeded } from '../../../src/domain/random';

/** Most bins of values; with the bin for what is missing they fill a byte. */
export const mostBins = 255;
/** The code of NaN, and of categories that are unknown or too rare for a bin. */
export const missingBin = 0;
/** Above this number of rows the bins are made from a sample of it, drawn with the seed. */
const sampleRows = 200_000;

/** How one feature becomes a byte. Bins of values count from 1. */
export interface FeatureBins {
  /** Number of bins of values or categories, at most 255; the codes are 0 to `bins`. */
  readonly bins: number;
  /**
   * Numbers: `bins − 1` ascending float32 edges; x is in bin 1 + #{edges < x}, so that x is in one of the bins 1 to b exactly when
   * `x <= edges[b − 1]`. Empty for categories.
   */
  readonly edges: Float32Array;
  /** Categories: the codes with a bin of their own, ascending: code `kept[b − 1]` is in bin b, any other in bin 0. */
  readonly kept?: Int32Array;
}

export interface BinningOptions {
  /** Most bins of values a feature gets, 2 to 255. */
  readonly bins?: number;
  /** For the sample of many rows. */
  readonly seed: number;
}

/**
 * Bins of each feature: every distinct value its own where they are few enough, else quantiles of the weighted rows, in which a value that
 * fills a bin by itself stands alone (the greedy bins of LightGBM). Any increasing map of a feature leaves the bins' rows as they are. Rows that weigh
 * nothing do not count. The 255 most frequent categories get bins.
 */
export function binsOf(examples: Pick<Examples, 'rows' | 'features' | 'x' | 'weights'>, meanings: readonly FeatureMeaning[] | undefined, { bins = mostBins, seed }: BinningOptions): FeatureBins[] {
  const { features, x } = examples;
  const rows = countedRows(examples, seed);
  const weights = examples.weights && Float64Array.from(rows, (row) => examples.weights![row]!);
  const sorter = new Sorter(rows.length);
  return Array.from({ length: features }, (_, feature) => {
    const categories = meanings?.[feature]?.categories ?? 0;
    if (categories > 0) return categoryBins(x, features, feature, rows, weights, categories, bins);
    sorter.load(x, features, feature, rows);
    return edgesOf(sorter.tally(weights), bins);
  });
}

/** Rows that weigh something, or a sample of them. */
function countedRows({ rows, weights }: Pick<Examples, 'rows' | 'weights'>, seed: number): Uint32Array {
  let counted = Uint32Array.from({ length: rows }, (_, row) => row);
  if (weights) counted = counted.filter((row) => weights[row]! > 0);
  if (counted.length <= sampleRows) return counted;
  // One row from each of equal stretches: no row twice, and the order is kept.
  const random = seeded(seed);
  const stretch = counted.length / sampleRows;
  return Uint32Array.from({ length: sampleRows }, (_, i) => counted[Math.floor((i + random.next()) * stretch)]!);
}

interface Tally {
  /** Distinct values, ascending. */
  readonly values: Float32Array;
  readonly counts: Float64Array;
}

/** Sorts float32 by their bits: three passes of a radix sort, whose time does not depend on the values. */
class Sorter {
  readonly #words: Uint32Array;
  readonly #spare: Uint32Array;
  readonly #from: Uint32Array;
  readonly #spareFrom: Uint32Array;
  readonly #starts = new Uint32Array(3 * 2048);
  readonly #counts: Float64Array;
  #length = 0;

  constructor(most: number) {
    this.#words = new Uint32Array(most);
    this.#spare = new Uint32Array(most);
    this.#from = new Uint32Array(most);
    this.#spareFrom = new Uint32Array(most);
    this.#counts = new Float64Array(most);
  }

  load(x: Float32Array, features: number, feature: number, rows: Uint32Array): void {
    const bits = new Uint32Array(x.buffer, x.byteOffset, x.length);
    const words = this.#words;
    let n = 0;
    for (let i = 0; i < rows.length; i++) {
      let word = bits[rows[i]! * features + feature]!;
      if ((word & 0x7fffffff) > 0x7f800000) continue;
      if (word === 0x80000000) word = 0; // −0 is 0
      // Ascending words are ascending numbers: the sign turned, negative ones upside down.
      words[n] = word & 0x80000000 ? ~word : word | 0x80000000;
      this.#from[n++] = i;
    }
    this.#length = n;
  }

  /** Sorts what was loaded; the answer is good until the next load. @param weights one a loaded row */
  tally(weights: Float64Array | undefined): Tally {
    const n = this.#length;
    const starts = this.#starts.fill(0);
    let [words, spare, from, spareFrom] = [this.#words, this.#spare, this.#from, this.#spareFrom];
    for (let i = 0; i < n; i++) {
      const word = words[i]!;
      starts[word & 2047]!++;
      starts[2048 + ((word >>> 11) & 2047)]!++;
      starts[4096 + (word >>> 22)]!++;
    }
    for (let pass = 0; pass < 3; pass++) {
      const base = pass * 2048;
      let sum = 0;
      for (let digit = 0; digit < 2048; digit++) {
        const count = starts[base + digit]!;
        starts[base + digit] = sum;
        sum += count;
      }
      const shift = pass * 11;
      if (weights) {
        for (let i = 0; i < n; i++) {
          const word = words[i]!;
          const to = starts[base + ((word >>> shift) & 2047)]!++;
          spare[to] = word;
          spareFrom[to] = from[i]!;
        }
      } else for (let i = 0; i < n; i++) spare[starts[base + ((words[i]! >>> shift) & 2047)]!++] = words[i]!;
      [words, spare, from, spareFrom] = [spare, words, spareFrom, from];
    }
    // The distinct words move to the front of the spare list, whose sorted content is in the other one.
    let distinct = 0;
    const counts = this.#counts;
    for (let i = 0; i < n; ) {
      const word = words[i]!;
      let count = 0;
      if (weights) for (; i < n && words[i] === word; i++) count += weights[from[i]!]!;
      else for (const first = i; i < n && words[i] === word; ) count = ++i - first;
      counts[distinct] = count;
      spare[distinct++] = word & 0x80000000 ? word & 0x7fffffff : ~word;
    }
    return { values: new Float32Array(spare.buffer, 0, distinct), counts: counts.subarray(0, distinct) };
  }
}

/** Float32 between a < b: the midpoint, or a where rounding would reach b; a ≤ edge < b. */
function edgeBetween(a: number, b: number): number {
  const middle = Math.fround(a / 2 + b / 2);
  return middle >= a && middle < b ? middle : a;
}

function edgesOf({ values, counts }: Tally, most: number): FeatureBins {
  const n = values.length;
  if (n <= most) {
    return { bins: n, edges: Float32Array.from({ length: Math.max(0, n - 1) }, (_, i) => edgeBetween(values[i]!, values[i + 1]!)) };
  }
  let rest = 0;
  for (let i = 0; i < n; i++) rest += counts[i]!;
  const heavy = rest / most;
  let left = most;
  for (let i = 0; i < n; i++) {
    if (counts[i]! < heavy) continue;
    left--;
    rest -= counts[i]!;
  }
  let mean = rest / Math.max(1, left);
  const edges: number[] = [];
  let inBin = 0;
  for (let i = 0; i < n - 1 && edges.length < most - 1; i++) {
    const isHeavy = counts[i]! >= heavy;
    if (!isHeavy) rest -= counts[i]!;
    inBin += counts[i]!;
    if (!(isHeavy || inBin >= mean || (counts[i + 1]! >= heavy && inBin >= mean / 2))) continue;
    edges.push(edgeBetween(values[i]!, values[i + 1]!));
    inBin = 0;
    if (!isHeavy) mean = rest / Math.max(1, --left);
  }
  return { bins: edges.length + 1, edges: Float32Array.from(edges) };
}

function categoryBins(x: Float32Array, features: number, feature: number, rows: Uint32Array, weights: Float64Array | undefined, categories: number, most: number): FeatureBins {
  const counts = new Float64Array(categories);
  for (let i = 0; i < rows.length; i++) {
    const code = x[rows[i]! * features + feature]!;
    if (code >= 0 && code < categories) counts[code]! += weights ? weights[i]! : 1;
  }
  const seen = Int32Array.from({ length: categories }, (_, code) => code).filter((code) => counts[code]! > 0);
  const kept = seen.length <= most ? seen : seen.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, most).sort();
  return { bins: kept.length, edges: new Float32Array(0), kept };
}

/** Bin of each number of `x`: rows × features bytes, row-major. Unseen values fall into the bin whose edges hold them, the outer bins are open. */
export function binned(x: Float32Array, rows: number, bins: readonly FeatureBins[]): Uint8Array {
  const columns = bins.map((_, feature) => feature);
  const codes = new Uint8Array(rows * bins.length);
  writeBinned(x, bins, columns, 0, rows, codes);
  return codes;
}

/** Bins of the rows `from` to `to` only, and of some columns, so that the work can be cut into pieces. @param codes rows × columns bytes, to write into */
export function writeBinned(x: Float32Array, bins: readonly FeatureBins[], columns: readonly number[], from: number, to: number, codes: Uint8Array): void {
  const features = bins.length;
  const width = columns.length;
  const edges = new Float32Array(256);
  columns.forEach((feature, column) => {
    const one = bins[feature]!;
    let at = from * features + feature;
    if (one.kept) {
      const table = new Map(Array.from(one.kept, (code, bin) => [code, bin + 1]));
      for (let into = from * width + column; into < to * width; into += width, at += features) codes[into] = table.get(x[at]!) ?? missingBin;
      return;
    }
    // A search of eight steps without a branch: the edges are filled up to 255 with infinity, of which none is below x.
    edges.fill(Infinity).set(one.edges);
    for (let into = from * width + column; into < to * width; into += width, at += features) {
      const value = x[at]!;
      let low = edges[127]! < value ? 128 : 0;
      low += edges[low + 63]! < value ? 64 : 0;
      low += edges[low + 31]! < value ? 32 : 0;
      low += edges[low + 15]! < value ? 16 : 0;
      low += edges[low + 7]! < value ? 8 : 0;
      low += edges[low + 3]! < value ? 4 : 0;
      low += edges[low + 1]! < value ? 2 : 0;
      low += edges[low]! < value ? 1 : 0;
      codes[into] = value === value ? low + 1 : missingBin;
    }
  });
}
