/** @file Benjamini–Hochberg: p-values of many tests, adjusted so that few of the discoveries are false. */

/**
 * Adjusted p-values, in the order given. With the p ascending, adjusted(i) = min over j ≥ i of p(j)·N/j, at most 1.
 * Calling everything below 0.05 a discovery keeps the expected share of false discoveries at 0.05; when nothing is true, it also
 * keeps the chance of any alarm at 0.05. Holds for independent and positively dependent tests. Equal to statsmodels `multipletests(method='fdr_bh')`.
 * @param p each in [0, 1].
 */
export function benjaminiHochberg(p: ArrayLike<number>): number[] {
  const n = p.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => p[a]! - p[b]!);
  const adjusted = new Array<number>(n).fill(1);
  let least = 1;
  for (let rank = n; rank >= 1; rank--) {
    const i = order[rank - 1]!;
    least = Math.min(least, (p[i]! * n) / rank);
    adjusted[i] = least;
  }
  return adjusted;
}
