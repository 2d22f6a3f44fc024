/** @file Cholesky's factors of a symmetric matrix, columns that add nothing left out; solutions and the inverse by them. */

/** A = L Lᵀ. Full n × n arrays, row-major. */
export interface Factors {
  readonly n: number;
  /** The lower triangle. Rows and columns of what was left out are 0. */
  readonly l: Float64Array;
  /** 1 where a column was left out: a combination of earlier ones, or 0. */
  readonly dropped: Uint8Array;
}

/**
 * @param a the lower triangle is read; overwritten by the factor
 * @param least a pivot below this share of its own diagonal entry counts as 0
 */
export async function factored(a: Float64Array, n: number, breathe: () => Promise<void> | undefined, least = 1e-10): Promise<Factors> {
  const dropped = new Uint8Array(n);
  let work = 0;
  for (let k = 0; k < n; k++) {
    const row = k * n;
    const diagonal = a[row + k]!;
    for (let d = 0; d <= k; d++) {
      if (dropped[d]) continue;
      let sum = a[row + d]!;
      const other = d * n;
      for (let e = 0; e < d; e++) sum -= a[row + e]! * a[other + e]!;
      if (d < k) a[row + d] = sum / a[other + d]!;
      else if (sum > least * diagonal && sum < Infinity) a[row + k] = Math.sqrt(sum);
      else {
        dropped[k] = 1;
        for (let e = 0; e <= k; e++) a[row + e] = 0;
      }
    }
    for (let lower = k + 1; dropped[k] && lower < n; lower++) a[lower * n + k] = 0;
    work += k * k;
    if (work > 4e6) {
      await breathe();
      work = 0;
    }
  }
  return { n, l: a, dropped };
}

/** Solves A s = c in place; 0 for what was left out. */
export function solve({ n, l, dropped }: Factors, c: Float64Array): void {
  for (let k = 0; k < n; k++) {
    if (dropped[k]) {
      c[k] = 0;
      continue;
    }
    let sum = c[k]!;
    for (let d = 0; d < k; d++) sum -= l[k * n + d]! * c[d]!;
    c[k] = sum / l[k * n + k]!;
  }
  for (let k = n - 1; k >= 0; k--) {
    if (dropped[k]) continue;
    let sum = c[k]!;
    for (let d = k + 1; d < n; d++) sum -= l[d * n + k]! * c[d]!;
    c[k] = sum / l[k * n + k]!;
  }
}

/** A⁻¹, whole. Only for factors from which nothing was left out. */
export async function inverse(factors: Factors, breathe: () => Promise<void> | undefined): Promise<Float64Array> {
  const { n } = factors;
  const whole = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    column.fill(0);
    column[k] = 1;
    solve(factors, column);
    for (let d = 0; d < n; d++) whole[d * n + k] = column[d]!;
    if (n * n * (k % 64) > 4e6) await breathe();
  }
  return whole;
}
