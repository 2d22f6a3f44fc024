/** @file The two-sample Kolmogorov–Smirnov test: do two numeric samples come from one distribution? */

import { sortedSample } from './sortedSample';

export interface KolmogorovResult {
  /** Largest vertical distance between the two cumulative shares, 0 to 1. 0 when a sample is empty. */
  readonly statistic: number;
  /** Two-sided. 1 when a sample is empty. */
  readonly p: number;
  /** `exact`: counted over all ways to interleave the samples. `asymptotic`: one-sample law at the effective size nm/(n+m). */
  readonly method: 'exact' | 'asymptotic';
  /** Values compared: those that are not NaN. */
  readonly n: number;
  readonly m: number;
}

/** Lattice cells that an exact p may visit: 1e7 (about 40 ms) when both samples have at most 10,000 values, else 2e6. */
const exactCells = 1e7;
const exactCellsLarge = 2e6;
const exactRows = 10_000;

/**
 * Two-sample Kolmogorov–Smirnov test. NaN is ignored. O(n log n) for the sorting, plus the bounded work of an exact p.
 *
 *     D = max over x of |F(x) − G(x)|        F, G: share of each sample that is ≤ x
 *
 * Equal to `scipy.stats.ks_2samp`: `method='exact'` where ours says `exact`, `method='asymp'` where it says `asymptotic`.
 * Both assume no ties. With ties (whole numbers, rounded prices) the true p is smaller: the test then errs towards silence.
 */
export const kolmogorov = (reference: Float64Array, current: Float64Array): KolmogorovResult =>
  kolmogorovSorted(sortedSample(reference), sortedSample(current));

/** The same for samples that are sorted already and hold no NaN. */
export function kolmogorovSorted(a: Float64Array, b: Float64Array): KolmogorovResult {
  const n = a.length;
  const m = b.length;
  if (n === 0 || m === 0) return { statistic: 0, p: 1, method: 'exact', n, m };
  const gap = largestGap(a, b);
  const statistic = gap / (n * m);
  const cells = 2 * gap + n + m;
  const exact = cells <= (Math.max(n, m) <= exactRows ? exactCells : exactCellsLarge);
  const p = exact ? exactTail(n, m, gap) : oneSampleTail(Math.round((n * m) / (n + m)), statistic);
  return { statistic, p, method: exact ? 'exact' : 'asymptotic', n, m };
}

/** nm·D, a whole number: the largest |i·m − j·n| after i values of a and j of b. Whole numbers keep ties and equalities exact. */
function largestGap(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  const m = b.length;
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < n && j < m) {
    const x = Math.min(a[i]!, b[j]!);
    while (i < n && a[i]! === x) i++;
    while (j < m && b[j]! === x) j++;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  return largest;
}

/**
 * P(nm·D ≥ gap) when every interleaving is equally likely: the chance that a random walk from (0,0) to (n,m) steps to a
 * cell with |i·m − j·n| ≥ gap. Sums the chances of the first such step: all terms are positive, so a tiny p keeps its digits.
 */
function exactTail(n: number, m: number, gap: number): number {
  if (gap === 0) return 1;
  // chance[j]: the walk stands at (i, j) and has stayed inside so far.
  const chance = new Float64Array(m + 1);
  let outside = 0;
  let from = 0;
  let to = -1;
  for (let i = 0; i <= n; i++) {
    // Inside: |i·m − j·n| < gap, hence j between the two bounds.
    let low = Math.max(0, Math.floor((i * m - gap) / n));
    while (i * m - low * n >= gap) low++;
    let high = Math.min(m, Math.ceil((i * m + gap) / n));
    while (high * n - i * m >= gap) high--;
    if (i > 0) {
      const left = n - i + 1;
      const all = n + m - i + 1;
      for (let j = from; j <= to; j++) {
        const stepped = (chance[j]! * left) / (all - j);
        if (j < low) outside += stepped;
        chance[j] = stepped;
      }
      for (let j = Math.max(to + 1, low); j <= high; j++) chance[j] = 0;
    } else {
      chance[0] = 1;
    }
    const rest = n + m - i;
    for (let j = low; j < high; j++) chance[j + 1]! += (chance[j]! * (m - j)) / (rest - j);
    if (high >= low && high < m) outside += (chance[high]! * (m - high)) / (rest - high);
    from = low;
    to = high;
  }
  return Math.min(1, outside);
}

/**
 * P(D ≥ d) for one sample of n against a continuous law. Above n·d² = 2.2 twice the one-sided tail (both-sided crossings are
 * below 1e-6 of it there), below it the expansion of Pelz and Good (1976). The regions follow Simard and L'Ecuyer,
 * "Computing the two-sided Kolmogorov–Smirnov distribution", J. Stat. Software 39(11), 2011.
 */
function oneSampleTail(n: number, d: number): number {
  if (n * d <= 0.5) return 1;
  if (d >= 1) return 0;
  if (n * d * d >= 2.2) return Math.min(1, 2 * oneSidedTail(n, d));
  return Math.min(1, Math.max(0, 1 - pelzGood(n, d)));
}

/** Smirnov's sum d·Σ C(n,j)·(d + j/n)^(j−1)·(1 − d − j/n)^(n−j), over j ≤ n(1−d). All terms positive; logs keep them in range. */
function oneSidedTail(n: number, d: number): number {
  let logBinomial = 0;
  let sum = 0;
  const last = Math.floor(n * (1 - d));
  for (let j = 0; j <= last; j++) {
    const grown = d + j / n;
    const left = 1 - grown;
    if (left > 0) sum += Math.exp(logBinomial + (j - 1) * Math.log(grown) + (n - j) * Math.log(left));
    else if (j === n) sum += Math.exp((j - 1) * Math.log(grown));
    logBinomial += Math.log((n - j) / (j + 1));
  }
  return d * sum;
}

/** P(D ≤ d) ≈ K₀(z) + K₁(z)/√n + K₂(z)/n + K₃(z)/n^1.5 with z = d√n, each K as a theta series in exp(−π²/8z²). */
function pelzGood(n: number, d: number): number {
  const z = d * Math.sqrt(n);
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const pi2 = Math.PI ** 2;
  const pi4 = pi2 * pi2;
  const pi6 = pi4 * pi2;
  let k0 = 0;
  let k1 = 0;
  let k2 = 0;
  let k3 = 0;
  let even2 = 0;
  let even3 = 0;
  for (let k = 1; k <= 40; k++) {
    const odd = (2 * k - 1) ** 2;
    const w = Math.exp((-pi2 * odd) / (8 * z2));
    k0 += w;
    k1 += (-z2 + (pi2 / 4) * odd) * w;
    k2 += (6 * z6 + 2 * z4 + (pi2 / 4) * (2 * z4 - 5 * z2) * odd + (pi4 / 16) * (1 - 2 * z2) * odd * odd) * w;
    k3 +=
      (-30 * z6 -
        90 * z4 * z4 +
        (pi2 / 4) * (135 * z4 - 96 * z6) * odd +
        (pi4 / 16) * (212 * z4 - 60 * z2) * odd * odd +
        (pi6 / 64) * (5 - 30 * z2) * odd ** 3) *
      w;
    const v = Math.exp((-pi2 * k * k) / (2 * z2));
    even2 += pi2 * k * k * v;
    even3 += (3 * z2 * pi2 * k * k - pi4 * k ** 4) * v;
    if (w < 1e-30 && v < 1e-30) break;
  }
  const root = Math.sqrt(2 * Math.PI);
  return (
    (root / z) * k0 +
    ((root / (6 * z4)) * k1) / Math.sqrt(n) +
    ((root / (72 * z6 * z)) * k2 - (root / (36 * z2 * z)) * even2) / n +
    ((root / (6480 * z6 * z4)) * k3 + (root / (216 * z6)) * even3) / n ** 1.5
  );
}
