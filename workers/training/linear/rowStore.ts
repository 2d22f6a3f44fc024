/** @file Rows as the passes of the linear learner read them: in groups of 4, the non-zeros alone where most of the matrix is zero. */

import type { Examples } from '../../../src/domain/modelling/learner';

/** Rows of a group: a pass works on so many at once, and fills the last group with rows of weight 0. */
export const group = 4;
/** Below this share of non-zeros the matrix is held as compressed sparse rows. */
const sparseBelow = 0.3;
/** So many rows are looked at for the shift of the columns. */
const sampled = 1024;

export interface SparseRows {
  /** padded rows + 1; rows that only fill a group have no entries. */
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

export interface RowStore {
  readonly rows: number;
  readonly features: number;
  /** Rows, rounded up to whole groups. */
  readonly padded: number;
  /** rows × features as they came, where they are not sparse. */
  readonly x: Float32Array;
  readonly sparse: SparseRows | undefined;
  /** Class index or value, and weight, of each padded row; the filling is 0. */
  readonly target: Float64Array;
  readonly weight: Float64Array;
  /** Σ weights. */
  readonly total: number;
  /** About the mean of each column, so that sums of squares about it lose no digits; 0 where rows are sparse. One a feature. */
  readonly shift: Float64Array;
  /** Features that are the same number in every row: the intercept says all that they could, and they keep the weight 0. */
  readonly constant: readonly number[];
}

/** @param target other than the examples' own, such as the scaled value */
export function rowStore({ rows, features, x, y, weights }: Examples, target: Float64Array = y): RowStore {
  const padded = Math.ceil(rows / group) * group;
  const weight = new Float64Array(padded);
  if (weights) weight.set(weights);
  else weight.fill(1, 0, rows);
  let total = 0;
  for (let i = 0; i < rows; i++) total += weight[i]!;
  const targets = new Float64Array(padded);
  targets.set(target);
  const sparse = sparseOf(x, rows, padded, features);
  const shift = sparse ? new Float64Array(features) : means(x, Math.min(rows, sampled), features);
  return { rows, features, padded, x, sparse, target: targets, weight, total, shift, constant: constants(x, rows, features) };
}

function constants(x: Float32Array, rows: number, features: number): number[] {
  let left = Array.from({ length: features }, (_, k) => k);
  for (let i = 1; i < rows && left.length > 0; i++) {
    const start = i * features;
    if (left.some((k) => x[start + k] !== x[k])) left = left.filter((k) => x[start + k] === x[k]);
  }
  return left;
}

function sparseOf(x: Float32Array, rows: number, padded: number, features: number): SparseRows | undefined {
  const enough = sparseBelow * x.length;
  // A look here and there mostly tells without counting; where it errs, the other way is slower and as right.
  let looked = 0;
  for (let i = 0; i < x.length; i += 61) if (x[i] !== 0) looked++;
  if (looked * 61 > 2 * enough) return undefined;
  let filled = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] !== 0) filled++;
    if (filled >= enough) return undefined;
  }
  if (filled >= enough) return undefined;
  const starts = new Uint32Array(padded + 1);
  const columns = new Uint32Array(filled);
  const values = new Float32Array(filled);
  let n = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    for (let k = 0; k < features; k++, at++) {
      if (x[at] === 0) continue;
      columns[n] = k;
      values[n++] = x[at]!;
    }
    starts[i + 1] = n;
  }
  starts.fill(n, rows + 1);
  return { starts, columns, values };
}

function means(x: Float32Array, rows: number, features: number): Float64Array {
  const sum = new Float64Array(features);
  for (let i = 0; i < rows; i++) for (let k = 0; k < features; k++) sum[k]! += x[i * features + k]!;
  return sum.map((value) => value / Math.max(rows, 1));
}

/** Σ over the features of one row times `weights` (features × 1), plus `bias`. */
export function projection({ x, features, sparse }: RowStore, i: number, weights: Float64Array, bias: number): number {
  let sum = bias;
  if (sparse) {
    for (let e = sparse.starts[i]!; e < sparse.starts[i + 1]!; e++) sum += sparse.values[e]! * weights[sparse.columns[e]!]!;
    return sum;
  }
  // Four sums, so that no addition waits for the one before.
  let [a, b, c] = [0, 0, 0];
  const start = i * features;
  let k = 0;
  for (; k + 3 < features; k += 4) {
    sum += x[start + k]! * weights[k]!;
    a += x[start + k + 1]! * weights[k + 1]!;
    b += x[start + k + 2]! * weights[k + 2]!;
    c += x[start + k + 3]! * weights[k + 3]!;
  }
  for (; k < features; k++) sum += x[start + k]! * weights[k]!;
  return sum + a + (b + c);
}
