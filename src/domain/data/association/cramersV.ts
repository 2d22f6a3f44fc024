/** @file Cramér's V with Bergsma's bias correction: how far two sets of categories go together, 0 to 1. */

/** Up to this many cells the table is kept whole; beyond it the pairs are sorted. */
const mostCells = 4_000_000;

/** Σ nᵢⱼ² / (nᵢ nⱼ) over the cells that occur. */
function cellSum(a: Int32Array, b: Int32Array, kinds: number, rowTotals: Float64Array, columnTotals: Float64Array): number {
  let sum = 0;
  const add = (cell: number, count: number): void => {
    sum += (count / rowTotals[Math.floor(cell / kinds)]!) * (count / columnTotals[cell % kinds]!);
  };
  if (rowTotals.length * kinds <= mostCells) {
    const cells = new Float64Array(rowTotals.length * kinds);
    for (let row = 0; row < a.length; row++) if (a[row]! >= 0 && b[row]! >= 0) cells[a[row]! * kinds + b[row]!]!++;
    cells.forEach((count, cell) => {
      if (count > 0) add(cell, count);
    });
    return sum;
  }
  const pairs = new Float64Array(a.length);
  let n = 0;
  for (let row = 0; row < a.length; row++) if (a[row]! >= 0 && b[row]! >= 0) pairs[n++] = a[row]! * kinds + b[row]!;
  const sorted = pairs.subarray(0, n).sort();
  for (let start = 0; start < n;) {
    let end = start + 1;
    while (end < n && sorted[end] === sorted[start]) end++;
    add(sorted[start]!, end - start);
    start = end;
  }
  return sum;
}

/**
 * φ² = χ²/n; φ̃² = max(0, φ² − (r−1)(c−1)/(n−1)); r̃ = r − (r−1)²/(n−1), c̃ alike; V = √(φ̃² / (min(r̃, c̃) − 1)). Bergsma 2013.
 * r and c are the categories that occur. Null when either side has fewer than two, or so many that the correction leaves nothing.
 * @param a codes of each row, −1 missing; `b` alike.
 */
export function cramersV(a: Int32Array, b: Int32Array, kindsOfA: number, kindsOfB: number): { readonly value: number; readonly n: number } | null {
  const rowTotals = new Float64Array(kindsOfA);
  const columnTotals = new Float64Array(kindsOfB);
  let n = 0;
  for (let row = 0; row < a.length; row++) {
    if (a[row]! < 0 || b[row]! < 0) continue;
    n++;
    rowTotals[a[row]!]!++;
    columnTotals[b[row]!]!++;
  }
  const r = rowTotals.reduce((count, total) => count + (total > 0 ? 1 : 0), 0);
  const c = columnTotals.reduce((count, total) => count + (total > 0 ? 1 : 0), 0);
  if (n < 2 || r < 2 || c < 2) return null;
  const phi2 = Math.max(0, cellSum(a, b, kindsOfB, rowTotals, columnTotals) - 1);
  const corrected = Math.max(0, phi2 - ((r - 1) * (c - 1)) / (n - 1));
  const smaller = Math.min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1;
  if (smaller <= 1e-12) return null;
  return { value: Math.min(1, Math.sqrt(corrected / smaller)), n };
}
