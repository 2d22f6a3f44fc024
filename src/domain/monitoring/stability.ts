/** @file Population stability (PSI): how far today's rows have moved between the bins of the reference. */

import { distinctUpTo } from './sortedSample';
import { quantile } from '../quantile';

/** Customary number of bins: deciles. */
export const stabilityBins = 10;

/**
 * Inner edges of bins that hold equal shares of the reference. The first and the last bin are open, so no value falls outside, and
 * one wild value cannot stretch the bins: only ranks of the reference decide. A bin holds what is above its lower edge, up to and with
 * its upper one. Repeated quantiles give one edge. With at most `bins` distinct values each has its own bin.
 * @param sorted the reference, ascending, without NaN.
 * @returns at most bins − 1 edges, ascending; empty for an empty or constant reference.
 */
export function stabilityEdges(sorted: Float64Array, bins = stabilityBins): Float64Array {
  if (sorted.length === 0) return new Float64Array(0);
  const distinct = distinctUpTo(sorted, bins);
  if (distinct.length <= bins) return distinct.slice(0, -1).map((value, k) => value + (distinct[k + 1]! - value) / 2);
  const largest = sorted[sorted.length - 1]!;
  const edges: number[] = [];
  for (let k = 1; k < bins; k++) {
    const edge = quantile(sorted, k / bins);
    // Above the largest value there is nothing of the reference: such a bin would be empty by construction.
    if (edge < largest && edge !== edges[edges.length - 1]) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** Rows per bin of a sorted sample: bin k holds edge k−1 < value ≤ edge k, the outer two are open. */
export function binCounts(sorted: Float64Array, edges: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  let before = 0;
  for (let k = 0; k < edges.length; k++) {
    const upTo = countUpTo(sorted, edges[k]!);
    counts[k] = upTo - before;
    before = upTo;
  }
  counts[edges.length] = sorted.length - before;
  return counts;
}

/** How many values of a sorted sample are ≤ x. */
function countUpTo(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The population stability index of two histograms over the same bins.
 *
 *     PSI = Σ (q − p) · ln(q / p)        p, q: each bin's share of the reference and of the current rows
 *
 * Half a row is added to every bin first: otherwise one empty bin makes the index infinite. Never negative, zero for equal shares, and the
 * same either way round when the totals are. The customary limits 0.1 and 0.25 ignore how many rows there are:
 * chance alone gives about (bins − 1)(1/n + 1/m) for n and m rows from one source.
 * @param halfRow what is added to each bin; pass 0 for shares that are known exactly.
 * @throws RangeError when the lengths differ.
 */
export function populationStability(reference: ArrayLike<number>, current: ArrayLike<number>, halfRow = 0.5): number {
  if (reference.length !== current.length) throw new RangeError(`${reference.length} and ${current.length} bins cannot be compared`);
  let n = 0;
  let m = 0;
  for (let k = 0; k < reference.length; k++) {
    n += reference[k]! + halfRow;
    m += current[k]! + halfRow;
  }
  let index = 0;
  for (let k = 0; k < reference.length; k++) {
    const p = (reference[k]! + halfRow) / n;
    const q = (current[k]! + halfRow) / m;
    index += (q - p) * Math.log(q / p);
  }
  return index;
}
