/** @file A numeric sample made ready for comparing: values that are there, in order. Not for columns of codes. */

/** The values that are not NaN, in ascending order, in a new array. O(n log n). */
export function sortedSample(values: Float64Array): Float64Array {
  const kept = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) kept[n++] = value;
  }
  // Without a comparator a typed array sorts by number, several times faster than with one.
  return kept.subarray(0, n).sort();
}

/**
 * Standard deviation with divisor n (ddof 0), by two passes. NaN for an empty sample.
 * The divisor is n because the scale describes the rows at hand and must not change with how many there are.
 */
export function populationSd(sample: Float64Array): number {
  const n = sample.length;
  if (n === 0) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += sample[i]!;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const d = sample[i]! - mean;
    squares += d * d;
  }
  // A constant column must have sd 0 although its computed mean may be one bit off.
  return sample.every((value) => value === sample[0]) ? 0 : Math.sqrt(squares / n);
}

/** How many distinct values a sorted sample has, counted no further than `limit + 1`. */
export function distinctUpTo(sorted: Float64Array, limit: number): Float64Array {
  const found: number[] = [];
  for (let i = 0; i < sorted.length && found.length <= limit; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) found.push(sorted[i]!);
  return Float64Array.from(found);
}
