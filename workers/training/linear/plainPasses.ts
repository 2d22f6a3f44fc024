/** @file The passes of the linear learner in TypeScript: the twin of `workers/kernels/assembly/linear.ts`, sum for sum in the same order. */

import { exp64, log64 } from '../../../src/domain/exactMath';
import { squareSize, type PassEngine } from './passes';
import { group, type RowStore } from './rowStore';

export function plainPasses(rows: RowStore, outputs: number): PassEngine {
  const { features, padded, x, sparse, target, weight, shift, rows: count } = rows;
  const size = features * outputs;
  const wide = squareSize(features);
  let point = new Float64Array(size + outputs);
  const sums = new Float64Array(size);
  /** Losses of even and of odd rows, then the same of each output's residuals. */
  const totals = new Float64Array(2 + 2 * outputs);
  const z = new Float64Array(group * outputs);
  const dense = sparse ? undefined : new Float64Array(outputs * features);
  let kept = new Float64Array(0);
  let factor = weight;
  let extra = new Float64Array(padded);
  const square = new Float64Array(wide * wide);

  /** z[output × 4 + row]. A row beyond the last has the bias alone. */
  function logits(from: number): void {
    for (let r = 0; r < group; r++) {
      const i = from + r;
      if (sparse) sparseLogits(i, r);
      else denseLogits(i, r);
    }
  }

  function sparseLogits(i: number, r: number): void {
    const { starts, columns, values } = sparse!;
    const end = starts[i + 1]!;
    if (outputs === 1) {
      let sum = point[size]!;
      for (let e = starts[i]!; e < end; e++) sum += values[e]! * point[columns[e]!]!;
      z[r] = sum;
      return;
    }
    for (let j = 0; j < outputs; j++) z[j * group + r] = point[size + j]!;
    for (let e = starts[i]!; e < end; e++) {
      const value = values[e]!;
      const own = columns[e]! * outputs;
      for (let j = 0; j < outputs; j++) z[j * group + r]! += value * point[own + j]!;
    }
  }

  function denseLogits(i: number, r: number): void {
    const start = i * features;
    for (let j = 0; j < outputs; j++) {
      let even = 0;
      let odd = 0;
      if (i < count) {
        const own = j * features;
        let k = 0;
        for (; k + 1 < features; k += 2) {
          even += x[start + k]! * dense![own + k]!;
          odd += x[start + k + 1]! * dense![own + k + 1]!;
        }
        if (k < features) even += x[start + k]! * dense![own + k]!;
      }
      z[j * group + r] = even + odd + point[size + j]!;
    }
  }

  function gather(from: number): void {
    if (sparse) {
      for (let r = 0; r < group; r++) {
        for (let e = sparse.starts[from + r]!, end = sparse.starts[from + r + 1]!; e < end; e++) {
          const value = sparse.values[e]!;
          const to = sparse.columns[e]! * outputs;
          for (let j = 0; j < outputs; j++) sums[to + j]! += value * z[j * group + r]!;
        }
      }
      return;
    }
    const at = from * features;
    for (let j = 0; j < outputs; j++) {
      const [r0, r1, r2, r3] = z.subarray(j * group, j * group + group) as unknown as [number, number, number, number];
      const to = j * features;
      if (from + group <= count) {
        for (let k = 0, a = at, b = a + features, c = b + features, d = c + features; k < features; k++) {
          sums[to + k]! += x[a + k]! * r0 + x[b + k]! * r1 + x[c + k]! * r2 + x[d + k]! * r3;
        }
        continue;
      }
      const value = (r: number, k: number): number => (from + r < count ? x[at + r * features + k]! : 0);
      for (let k = 0; k < features; k++) sums[to + k]! += value(0, k) * r0 + value(1, k) * r1 + value(2, k) * r2 + value(3, k) * r3;
    }
  }

  /** Logits to residuals, in place; returns the weighted loss of one row. */
  function residual(i: number, r: number, keep: boolean): number {
    const w = weight[i]!;
    if (outputs === 1) {
      const logit = z[r]!;
      const small = exp64(-Math.abs(logit));
      const p = (logit >= 0 ? 1 : small) / (1 + small);
      z[r] = w * (p - target[i]!);
      if (keep) kept[i] = p;
      return w * ((logit > 0 ? logit : 0) + log64(1 + small) - target[i]! * logit);
    }
    const truth = target[i]! * group + r;
    const own = z[truth]!;
    let highest = z[r]!;
    for (let j = 1; j < outputs; j++) if (z[j * group + r]! > highest) highest = z[j * group + r]!;
    let sum = 0;
    for (let j = 0; j < outputs; j++) sum += z[j * group + r] = exp64(z[j * group + r]! - highest);
    for (let j = 0; j < outputs; j++) {
      const p = z[j * group + r]! / sum;
      if (keep) kept[j * padded + i] = p;
      z[j * group + r] = w * p;
    }
    z[truth]! -= w;
    return w * (log64(sum) - (own - highest));
  }

  return {
    begin(given) {
      point = given as Float64Array<ArrayBuffer>;
      sums.fill(0);
      totals.fill(0);
      if (dense) for (let k = 0; k < features; k++) for (let j = 0; j < outputs; j++) dense[j * features + k] = point[k * outputs + j]!;
    },
    logistic(from, to, gradient, keep) {
      if (keep && kept.length === 0) kept = new Float64Array(outputs * padded);
      for (let i = from; i < to; i += group) {
        logits(i);
        for (let r = 0; r < group; r++) totals[r % 2]! += residual(i + r, r, keep);
        for (let j = 0; j < outputs; j++) for (let r = 0; r < group; r++) totals[2 + 2 * j + (r % 2)]! += z[j * group + r]!;
        if (gradient) gather(i);
      }
    },
    end(gradient) {
      if (gradient) {
        if (sparse) gradient.set(sums);
        else for (let k = 0; k < features; k++) for (let j = 0; j < outputs; j++) gradient[k * outputs + j] = sums[j * features + k]!;
        for (let j = 0; j < outputs; j++) gradient[size + j] = totals[2 + 2 * j]! + totals[3 + 2 * j]!;
      }
      return totals[0]! + totals[1]!;
    },
    probabilities: () => kept,
    curvature(a, b) {
      factor = new Float64Array(padded);
      for (let i = 0; i < padded; i++) factor[i] = weight[i]! * kept[a * padded + i]! * ((a === b ? 1 : 0) - kept[b * padded + i]!);
    },
    factors(values) {
      factor = values as Float64Array<ArrayBuffer>;
    },
    beginSquare(given) {
      square.fill(0);
      extra = (given as Float64Array<ArrayBuffer>) ?? new Float64Array(padded);
    },
    square(from, to) {
      if (sparse) sparseBlock(from, to);
      else denseBlock(from, to);
    },
    endSquare: () => square.slice(),
  };

  function denseBlock(from: number, to: number): void {
    const own = new Float64Array(wide * wide);
    const row = new Float64Array(wide);
    for (let i = from; i < to; i++) {
      for (let k = 0; k < features; k++) row[k] = (i < count ? x[i * features + k]! : 0) - shift[k]!;
      row[features] = 1;
      row[features + 1] = extra[i]!;
      for (let k = 0; k < features + 2; k++) {
        const value = factor[i]! * row[k]!;
        for (let d = 0; d <= k; d++) own[k * wide + d]! += value * row[d]!;
      }
    }
    for (let k = 0; k < features + 2; k++) for (let d = 0; d <= k; d++) square[k * wide + d]! += own[k * wide + d]!;
  }

  function sparseBlock(from: number, to: number): void {
    const { starts, columns, values } = sparse!;
    const ones = features * wide;
    const extras = ones + wide;
    for (let i = from; i < to; i++) {
      const f = factor[i]!;
      const t = extra[i]!;
      const end = starts[i + 1]!;
      for (let e = starts[i]!; e < end; e++) {
        const value = f * values[e]!;
        const row = columns[e]! * wide;
        for (let d = starts[i]!; d <= e; d++) square[row + columns[d]!]! += value * values[d]!;
      }
      for (let e = starts[i]!; e < end; e++) {
        square[ones + columns[e]!]! += f * values[e]!;
        square[extras + columns[e]!]! += f * t * values[e]!;
      }
      square[ones + features]! += f;
      square[extras + features]! += f * t;
      square[extras + features + 1]! += f * t * t;
    }
  }
}

