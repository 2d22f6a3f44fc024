/** @file Fewer points than there are, so that a chart draws what a screen can show: per bucket the first, lowest, highest and last. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Indices to keep, ascending, at most about `most`. Spikes survive, because each bucket keeps its extremes. */
export function thinnedIndices(y: ArrayLike<number>, most: number): readonly number[] {
  const n = y.length;
  if (n <= most) return Array.from({ length: n }, (_, index) => index);
  const buckets = Math.max(1, Math.floor(most / 4));
  const keep: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * n) / buckets);
    const to = Math.floor(((bucket + 1) * n) / buckets);
    let low = from;
    let high = from;
    for (let index = from + 1; index < to; index++) {
      if (y[index]! < y[low]!) low = index;
      if (y[index]! > y[high]!) high = index;
    }
    for (const index of [from, Math.min(low, high), Math.max(low, high), to - 1]) if (keep.length === 0 || index > keep[keep.length - 1]!) keep.push(index);
  }
  return keep;
}

/** Every k-th index, at most `most`: for clouds of points, whose order says nothing. */
export function everyIndices(n: number, most: number): readonly number[] {
  if (n <= most) return Array.from({ length: n }, (_, index) => index);
  return Array.from({ length: most }, (_, index) => Math.floor((index * n) / most));
}
