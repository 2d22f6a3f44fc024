/** @file The Jensen–Shannon distance of two histograms over the same categories. */

/**
 * The root of the Jensen–Shannon divergence, which makes it a distance (symmetric, triangle inequality).
 *
 *     JSD = ½ Σ p ln(p/a) + ½ Σ q ln(q/a)        a = (p + q)/2
 *     distance = √(JSD / ln base)
 *
 * With base 2 it runs from 0 (equal) to 1 (nothing in common); with base e to √ln 2. Equal to `scipy.spatial.distance.jensenshannon`.
 * @param reference counts or shares, none negative; scaled to sum 1. @param current the same categories in the same order.
 * @returns NaN when either sums to zero.
 * @throws RangeError when the lengths differ.
 */
export function jensenShannon(reference: ArrayLike<number>, current: ArrayLike<number>, base: 2 | 'e'): number {
  if (reference.length !== current.length) throw new RangeError(`${reference.length} and ${current.length} categories cannot be compared`);
  let n = 0;
  let m = 0;
  for (let k = 0; k < reference.length; k++) {
    n += reference[k]!;
    m += current[k]!;
  }
  if (!(n > 0) || !(m > 0)) return Number.NaN;
  let divergence = 0;
  for (let k = 0; k < reference.length; k++) {
    const p = reference[k]! / n;
    const q = current[k]! / m;
    const sum = p + q;
    if (p === q) continue;
    if (p === 0 || q === 0) {
      divergence += (sum / 2) * Math.LN2;
      continue;
    }
    // p/a = 1 + d and q/a = 1 − d: log1p keeps the digits when the histograms are nearly equal.
    const d = (p - q) / sum;
    divergence += (sum / 4) * ((1 + d) * Math.log1p(d) + (1 - d) * Math.log1p(-d));
  }
  return Math.sqrt(Math.max(0, base === 2 ? divergence / Math.LN2 : divergence));
}
