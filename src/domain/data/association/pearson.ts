/** @file Pearson's correlation of two numeric columns, in two passes. */

/**
 * Σ(x−x̄)(y−ȳ) / √(Σ(x−x̄)² Σ(y−ȳ)²) over rows where both are finite. Null with fewer than two rows or without variance.
 * @param rows which rows to use; all when absent.
 */
export function pearson(x: Float64Array, y: Float64Array, rows?: Uint32Array): { readonly value: number; readonly n: number } | null {
  const length = rows === undefined ? x.length : rows.length;
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < length; i++) {
    const row = rows === undefined ? i : rows[i]!;
    if (!Number.isFinite(x[row]!) || !Number.isFinite(y[row]!)) continue;
    n++;
    sumX += x[row]!;
    sumY += y[row]!;
  }
  const meanX = sumX / n;
  const meanY = sumY / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < length; i++) {
    const row = rows === undefined ? i : rows[i]!;
    if (!Number.isFinite(x[row]!) || !Number.isFinite(y[row]!)) continue;
    const dx = x[row]! - meanX;
    const dy = y[row]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const scale = Math.sqrt(xx) * Math.sqrt(yy);
  return n < 2 || !(scale > 0) || !Number.isFinite(scale) ? null : { value: Math.max(-1, Math.min(1, xy / scale)), n };
}
