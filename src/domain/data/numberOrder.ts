/** @file Rows in the order of a numeric column: the common ground of ranks, AUC and Spearman's correlation. */

const digits = 65_536;
/** Index of the high word of a float64 in this machine's memory. */
const highWord = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/**
 * The rows whose value is not missing, in ascending order of value; equal values (−0 and 0 too) stay in row order.
 * Radix sort over the bits of the numbers. O(n).
 */
export function numberOrder(values: Float64Array): Uint32Array {
  let known = 0;
  for (let row = 0; row < values.length; row++) if (values[row]! === values[row]!) known++;
  let order = new Uint32Array(known);
  for (let row = 0, i = 0; row < values.length; row++) if (values[row]! === values[row]!) order[i++] = row;
  if (known < 4096) return order.sort((a, b) => (values[a]! === values[b]! ? a - b : values[a]! < values[b]! ? -1 : 1));
  const numbers = new Float64Array(known);
  for (let i = 0; i < known; i++) numbers[i] = values[order[i]!]! + 0;
  const bits = new Uint32Array(numbers.buffer);
  const high = new Uint32Array(values.length);
  const low = new Uint32Array(values.length);
  for (let i = 0; i < known; i++) {
    const row = order[i]!;
    const top = bits[2 * i + highWord]!;
    const bottom = bits[2 * i + 1 - highWord]!;
    // Bits of a float sort as unsigned numbers once negative ones are inverted and positive ones get the top bit.
    const negative = top >>> 31 === 1;
    high[row] = negative ? ~top : top | 0x80000000;
    low[row] = negative ? ~bottom : bottom;
  }
  let next = new Uint32Array(known);
  const starts = new Uint32Array(digits + 1);
  for (const [words, shift] of [
    [low, 0],
    [low, 16],
    [high, 0],
    [high, 16],
  ] as const) {
    starts.fill(0);
    for (let i = 0; i < known; i++) starts[((words[order[i]!]! >>> shift) & 0xffff) + 1]!++;
    if (starts[((words[order[0]!]! >>> shift) & 0xffff) + 1] === known) continue;
    for (let digit = 1; digit <= digits; digit++) starts[digit]! += starts[digit - 1]!;
    for (let i = 0; i < known; i++) {
      const row = order[i]!;
      next[starts[(words[row]! >>> shift) & 0xffff]!++] = row;
    }
    [order, next] = [next, order];
  }
  return order;
}

/**
 * Ranks from 1, equal values sharing the mean of their ranks; 0 where the value is missing.
 * @param order what `numberOrder` gave for the same values.
 */
export function midranks(values: Float64Array, order: Uint32Array): Float64Array {
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    const value = values[order[start]!]!;
    let end = start + 1;
    while (end < order.length && values[order[end]!]! === value) end++;
    const rank = (start + end + 1) / 2;
    for (let i = start; i < end; i++) ranks[order[i]!] = rank;
    start = end;
  }
  return ranks;
}
