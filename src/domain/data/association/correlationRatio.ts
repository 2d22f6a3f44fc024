/** @file The correlation ratio η²: the share of a number's variance that lies between categories, 0 to 1. */

/**
 * Σ n_k (mean_k − mean)² / Σ (x − mean)², over rows where both are known. Pearson's η²; as in a one-way analysis of variance.
 * Null with fewer than two categories or no variance. It rises by chance with the number of categories k: expect (k−1)/(n−1).
 * @param codes category of each row, −1 missing.
 */
export function correlationRatio(
  codes: Int32Array,
  kinds: number,
  values: Float64Array,
): { readonly value: number; readonly n: number; readonly groups: number } | null {
  const counts = new Float64Array(kinds);
  const sums = new Float64Array(kinds);
  let n = 0;
  let total = 0;
  const known = (row: number): boolean => codes[row]! >= 0 && Number.isFinite(values[row]!);
  for (let row = 0; row < codes.length; row++) {
    if (!known(row)) continue;
    n++;
    total += values[row]!;
  }
  if (n < 2) return null;
  const mean = total / n;
  let whole = 0;
  // Sums of deviations, not of values: large values with a small spread lose no digits.
  for (let row = 0; row < codes.length; row++) {
    if (!known(row)) continue;
    const deviation = values[row]! - mean;
    counts[codes[row]!]!++;
    sums[codes[row]!]! += deviation;
    whole += deviation * deviation;
  }
  let between = 0;
  let groups = 0;
  for (let k = 0; k < kinds; k++) {
    if (counts[k] === 0) continue;
    groups++;
    between += (sums[k]! * sums[k]!) / counts[k]!;
  }
  return groups < 2 || !(whole > 0) || !Number.isFinite(whole) ? null : { value: Math.min(1, between / whole), n, groups };
}
