/** @file The χ² test of two samples over categories, with its tail probability. */

import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

export interface ChiSquaredResult {
  /** Σ (observed − expected)² / expected over both samples and all cells. */
  readonly statistic: number;
  /** Cells − 1. Zero when fewer than two cells are left: nothing can be tested and p is 1. */
  readonly degrees: number;
  readonly p: number;
  /** Positions of the categories that were joined into one rare cell, in ascending order. Empty when all were common enough. */
  readonly pooled: readonly number[];
}

/** Pearson's approximation is trusted where every cell expects at least this many rows (Cochran's customary five). */
const fewestExpected = 5;

/**
 * χ² test of homogeneity on a 2 × K table. Categories that neither sample has are dropped. A category seen in one sample only counts as any other.
 * Categories expecting fewer than five rows in either sample are joined into one rare cell; while that cell itself expects
 * fewer, the next rarest category joins it, so that every cell of the test is common enough.
 * Equal to `scipy.stats.chi2_contingency(table, correction=False)` when nothing is joined.
 * @param reference rows per category; @param current the same categories in the same order.
 * @throws RangeError when the lengths differ.
 */
export function chiSquared(reference: ArrayLike<number>, current: ArrayLike<number>): ChiSquaredResult {
  if (reference.length !== current.length) throw new RangeError(`${reference.length} and ${current.length} categories cannot be compared`);
  const seen: number[] = [];
  let n = 0;
  let m = 0;
  for (let k = 0; k < reference.length; k++) {
    if (reference[k]! + current[k]! > 0) seen.push(k);
    n += reference[k]!;
    m += current[k]!;
  }
  const untestable: ChiSquaredResult = { statistic: 0, degrees: 0, p: 1, pooled: [] };
  if (n === 0 || m === 0) return untestable;

  const total = (k: number): number => reference[k]! + current[k]!;
  const shareOfSmaller = Math.min(n, m) / (n + m);
  const rarestFirst = [...seen].sort((a, b) => total(a) - total(b) || a - b);
  const pooled: number[] = [];
  let rareTotal = 0;
  for (const k of rarestFirst) {
    const rareIsShort = pooled.length > 0 && rareTotal * shareOfSmaller < fewestExpected;
    if (total(k) * shareOfSmaller >= fewestExpected && !rareIsShort) break;
    pooled.push(k);
    rareTotal += total(k);
  }
  pooled.sort((a, b) => a - b);
  const inRare = new Set(pooled);
  let statistic = 0;
  let cells = 0;
  const add = (r: number, c: number): void => {
    const expectedR = ((r + c) * n) / (n + m);
    const expectedC = ((r + c) * m) / (n + m);
    statistic += (r - expectedR) ** 2 / expectedR + (c - expectedC) ** 2 / expectedC;
    cells++;
  };
  let rareR = 0;
  let rareC = 0;
  for (const k of seen) {
    if (inRare.has(k)) {
      rareR += reference[k]!;
      rareC += current[k]!;
    } else {
      add(reference[k]!, current[k]!);
    }
  }
  if (pooled.length > 0) add(rareR, rareC);
  if (cells < 2) return { ...untestable, pooled };
  return { statistic, degrees: cells - 1, p: chiSquaredTail(statistic, cells - 1), pooled };
}

/**
 * P(X ≥ x) for χ² with k degrees of freedom, a whole number ≥ 1. With y = x/2:
 *
 *     k even:  e^(−y) · Σ y^j / j!                          j = 0 … k/2 − 1
 *     k odd:   erfc(√y) + e^(−y) · Σ y^(j−½) / Γ(j + ½)     j = 1 … (k−1)/2
 *
 * Not 1 − cdf: that is nothing but rounding once the cdf is near 1 (every p below 1e-16 would read 0). Here all terms are
 * positive and each is formed in logarithms, so p keeps its digits down to the smallest double, 5e-324, and is 0 only below.
 */
export function chiSquaredTail(x: number, k: number): number {
  if (!(x > 0)) return 1;
  if (x === Infinity) return 0;
  const y = x / 2;
  const logY = Math.log(y);
  const odd = k % 2 === 1;
  // erfc(√y) = 2Φ(−√(2y)).
  let p = odd ? 2 * normalCdf(-Math.sqrt(x), 0, 1) : 0;
  // 1/Γ(3/2) = 2/√π for the first odd term, 1/Γ(1) for the first even one.
  let logTerm = odd ? logY / 2 + Math.log(2 / Math.sqrt(Math.PI)) - y : -y;
  const terms = odd ? (k - 1) / 2 : k / 2;
  for (let j = 1; j <= terms; j++) {
    p += Math.exp(logTerm);
    logTerm += logY - Math.log(odd ? j + 0.5 : j);
  }
  return Math.min(1, p);
}
