/** @file A feature matrix for linear algebra in float64: the non-zeros alone where most of it is zero, else as it is. */

/** Below this share of non-zeros the matrix is held as compressed sparse rows: index and value of each non-zero. */
const sparseBelow = 0.3;

/** A matrix X of rows × features. Weights have `outputs` columns, row-major. */
export interface FeatureRows {
  readonly rows: number;
  readonly features: number;
  readonly sparse: boolean;
  /** `out[i,·] = bias + x[i,·] · weights` for the rows from … to − 1. `out` is rows × outputs. */
  project(weights: Float64Array, bias: Float64Array, outputs: number, out: Float64Array, from: number, to: number): void;
  /** `sum += x[i,·]ᵀ · residual[i,·]` over the rows from … to − 1. `sum` is features × outputs. */
  gather(residual: Float64Array, outputs: number, sum: Float64Array, from: number, to: number): void;
  /** `sum += scale[i] · x[i,·]ᵀ x[i,·]` over the rows, lower triangle only, features × features. */
  square(scale: Float64Array | undefined, sum: Float64Array, from: number, to: number): void;
}

export function featureRows(x: Float32Array, rows: number, features: number): FeatureRows {
  let filled = 0;
  for (let i = 0; i < x.length; i++) if (x[i] !== 0) filled++;
  return filled < sparseBelow * x.length ? sparseRows(x, rows, features, filled) : denseRows(x, rows, features);
}

function sparseRows(x: Float32Array, rows: number, features: number, filled: number): FeatureRows {
  const starts = new Uint32Array(rows + 1);
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
  return {
    rows,
    features,
    sparse: true,
    project(weights, bias, outputs, out, from, to) {
      for (let i = from; i < to; i++) {
        const end = starts[i + 1]!;
        if (outputs === 1) {
          let sum = bias[0]!;
          for (let e = starts[i]!; e < end; e++) sum += values[e]! * weights[columns[e]!]!;
          out[i] = sum;
          continue;
        }
        const at = i * outputs;
        for (let j = 0; j < outputs; j++) out[at + j] = bias[j]!;
        for (let e = starts[i]!; e < end; e++) {
          const value = values[e]!;
          const row = columns[e]! * outputs;
          for (let j = 0; j < outputs; j++) out[at + j]! += value * weights[row + j]!;
        }
      }
    },
    gather(residual, outputs, sum, from, to) {
      for (let i = from; i < to; i++) {
        const end = starts[i + 1]!;
        const at = i * outputs;
        for (let e = starts[i]!; e < end; e++) {
          const value = values[e]!;
          const row = columns[e]! * outputs;
          for (let j = 0; j < outputs; j++) sum[row + j]! += value * residual[at + j]!;
        }
      }
    },
    square(scale, sum, from, to) {
      for (let i = from; i < to; i++) {
        const end = starts[i + 1]!;
        const factor = scale === undefined ? 1 : scale[i]!;
        for (let e = starts[i]!; e < end; e++) {
          const row = columns[e]! * features;
          const value = factor * values[e]!;
          for (let d = starts[i]!; d <= e; d++) sum[row + columns[d]!]! += value * values[d]!;
        }
      }
    },
  };
}

function denseRows(x: Float32Array, rows: number, features: number): FeatureRows {
  return {
    rows,
    features,
    sparse: false,
    project(weights, bias, outputs, out, from, to) {
      for (let i = from; i < to; i++) {
        const start = i * features;
        if (outputs === 1) {
          let sum = bias[0]!;
          for (let k = 0; k < features; k++) sum += x[start + k]! * weights[k]!;
          out[i] = sum;
          continue;
        }
        const at = i * outputs;
        for (let j = 0; j < outputs; j++) out[at + j] = bias[j]!;
        for (let k = 0; k < features; k++) {
          const value = x[start + k]!;
          const row = k * outputs;
          for (let j = 0; j < outputs; j++) out[at + j]! += value * weights[row + j]!;
        }
      }
    },
    gather(residual, outputs, sum, from, to) {
      for (let i = from; i < to; i++) {
        const start = i * features;
        if (outputs === 1) {
          const r = residual[i]!;
          for (let k = 0; k < features; k++) sum[k]! += x[start + k]! * r;
          continue;
        }
        const at = i * outputs;
        for (let k = 0; k < features; k++) {
          const value = x[start + k]!;
          const row = k * outputs;
          for (let j = 0; j < outputs; j++) sum[row + j]! += value * residual[at + j]!;
        }
      }
    },
    square(scale, sum, from, to) {
      for (let i = from; i < to; i++) {
        const start = i * features;
        const factor = scale === undefined ? 1 : scale[i]!;
        for (let k = 0; k < features; k++) {
          const value = factor * x[start + k]!;
          if (value === 0) continue;
          const row = k * features;
          for (let d = 0; d <= k; d++) sum[row + d]! += value * x[start + d]!;
        }
      }
    },
  };
}
