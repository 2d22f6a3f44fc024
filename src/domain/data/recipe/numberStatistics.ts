/** @file Statistics of float32 values that the number transformers fit. Computed in float64, two passes, missing left out. */

/** The values that are present, in the order given. */
export function presentValues(values: Float32Array): Float32Array {
  const present = new Float32Array(values.length);
  let count = 0;
  for (const value of values) if (value === value) present[count++] = value;
  return present.subarray(0, count);
}

/** The present values in ascending order, in a new array. */
export const sortedValues = (values: Float32Array): Float32Array => presentValues(values).sort();

/** A statistic as a fitted state holds it: the float32 that is applied. Never −0, which JSON cannot hold. */
export const statedNumber = (value: number): number => Math.fround(value) + 0;

/** Neumaier's compensated sum of f(value): the order of rows then does not show in float32. */
function sumOf(values: Float32Array, f: (value: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const term = f(value);
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Mean and population standard deviation. @param present without missing values; empty gives 0 and 0. */
export function meanAndDeviation(present: Float32Array): { readonly mean: number; readonly deviation: number } {
  const n = present.length;
  if (n === 0) return { mean: 0, deviation: 0 };
  const mean = sumOf(present, (value) => value) / n;
  const constant = present.every((value) => value === present[0]);
  return { mean, deviation: constant ? 0 : Math.sqrt(sumOf(present, (value) => (value - mean) ** 2) / n) };
}

/** The most frequent value, the smallest of them on a tie. @param sorted not empty. */
export function modeOf(sorted: Float32Array): number {
  let best = sorted[0]!;
  let bestCount = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    if (end - start > bestCount) {
      best = sorted[start]!;
      bestCount = end - start;
    }
    start = end;
  }
  return best;
}
