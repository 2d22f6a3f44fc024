/** @file Two samples over the same few bins, as shares: what a drift chart shows and from which "what moved most" is read. */

import type { CategoryCounts } from './categoryCounts';
import { distinctUpTo } from './sortedSample';
import { binCounts, stabilityEdges } from './stability';
import { quantile } from '../quantile';

/** One bin with the share of each side. Ranges hold low < value ≤ high; a null bound is open. */
export type DriftBin = { readonly reference: number; readonly current: number } & (
  | { readonly kind: 'range'; readonly low: number | null; readonly high: number | null }
  /** A numeric column of few distinct values: one bin each. */
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'category'; readonly name: string }
  /** The categories beyond those shown. */
  | { readonly kind: 'other'; readonly categories: number }
  | { readonly kind: 'missing' }
);

/** Bins of a numeric chart, about; and categories shown by name. */
const shownBins = 12;
const shownCategories = 12;

/**
 * Shares of both samples over bins of one round width (1, 2, 2.5 or 5 times a power of ten) from the reference's 1 % to its 99 % quantile, with open
 * ends: one wild value cannot stretch them. Where the width is no use (a heap of equal values), the reference's quantiles give the edges. With at most
 * twelve distinct values in both together each is a bin.
 * @param reference, current sorted, finite; shares are of these values, without the missing ones. Empty when neither has a value.
 */
export function numericHistogram(reference: Float64Array, current: Float64Array): DriftBin[] {
  const share = (count: number, of: number): number => (of === 0 ? 0 : count / of);
  const values = fewValues(reference, current);
  if (values) {
    const inner = values.slice(0, -1);
    const p = binCounts(reference, inner);
    const q = binCounts(current, inner);
    return Array.from(values, (value, k) => ({ kind: 'value', value, reference: share(p[k]!, reference.length), current: share(q[k]!, current.length) }));
  }
  const edges = niceEdges(reference.length > 0 ? reference : current);
  const p = binCounts(reference, edges);
  const q = binCounts(current, edges);
  return Array.from(p, (count, k) => ({
    kind: 'range',
    low: edges[k - 1] ?? null,
    high: edges[k] ?? null,
    reference: share(count, reference.length),
    current: share(q[k]!, current.length),
  }));
}

function fewValues(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const merged = new Set([...distinctUpTo(a, shownBins), ...distinctUpTo(b, shownBins)]);
  return merged.size <= shownBins ? Float64Array.from(merged).sort() : undefined;
}

function niceEdges(sorted: Float64Array): Float64Array {
  const low = quantile(sorted, 0.01);
  const high = quantile(sorted, 0.99);
  const raw = (high - low) / (shownBins - 2);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw * (1 - 1e-9));
  if (!(raw > 0) || step === undefined || !Number.isFinite(step)) return stabilityEdges(sorted);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  // Values far from zero with a tiny spread have no round numbers between them that a double can tell apart.
  if (last < first || first * step + step === first * step) return stabilityEdges(sorted);
  // k·step, rounded to what the step can express, so that an edge reads 0.3 and not 0.30000000000000004.
  return Float64Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/** Shares over the categories that are largest on either side, then the others together, then the missing. Shares are of all rows. */
export function codedHistogram(counts: CategoryCounts): DriftBin[] {
  const n = sum(counts.reference) + counts.missing.reference;
  const m = sum(counts.current) + counts.missing.current;
  const p = (k: number): number => (n === 0 ? 0 : counts.reference[k]! / n);
  const q = (k: number): number => (m === 0 ? 0 : counts.current[k]! / m);
  const order = counts.names.map((_, k) => k).sort((a, b) => Math.max(p(b), q(b)) - Math.max(p(a), q(a)) || a - b);
  // A single further category is shown itself: "1 other" would say less in the same room.
  const shown = order.length === shownCategories + 1 ? order : order.slice(0, shownCategories);
  const others = order.slice(shown.length);
  const bins: DriftBin[] = shown.map((k) => ({ kind: 'category', name: counts.names[k]!, reference: p(k), current: q(k) }));
  if (others.length > 0) {
    bins.push({
      kind: 'other',
      categories: others.length,
      reference: others.reduce((total, k) => total + p(k), 0),
      current: others.reduce((total, k) => total + q(k), 0),
    });
  }
  const { missing } = counts;
  if (missing.reference + missing.current > 0) {
    bins.push({ kind: 'missing', reference: n === 0 ? 0 : missing.reference / n, current: m === 0 ? 0 : missing.current / m });
  }
  return bins;
}

/** The bin whose share changed most (L∞), the first of equals; null when none changed. The heap of others is no answer and is passed over. */
export function movedMost(bins: readonly DriftBin[]): DriftBin | null {
  let most: DriftBin | null = null;
  let change = 0;
  for (const bin of bins) {
    const moved = Math.abs(bin.current - bin.reference);
    if (bin.kind !== 'other' && moved > change) {
      most = bin;
      change = moved;
    }
  }
  return most;
}

const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
