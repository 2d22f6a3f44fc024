/** @file The passes of the linear learner on the kernel `linear`: where its memory lies and how it is called. */

import { bytes } from 'kernel:linear';
import { startKernel } from '../../kernels/kernel';
import { block, squareSize, type PassEngine } from './passes';
import { group, type RowStore } from './rowStore';

type Run = (...numbers: number[]) => void;
interface Functions {
  denseLogistic: Run;
  sparseLogistic: Run;
  curvature: Run;
  denseSquare: Run;
  sparseSquare: Run;
}

/**
 * @param needs room for the products of columns, for the probabilities
 * @throws Refusal engineUnavailable, outOfMemory
 */
export async function nativePasses(rows: RowStore, outputs: number, { squares, keeps }: { readonly squares: boolean; readonly keeps: boolean }): Promise<PassEngine> {
  const kernel = await startKernel<Functions>('linear', bytes);
  const { features, padded, x, sparse } = rows;
  const size = features * outputs;
  const stride = Math.ceil(features / 2) * 2;
  const lanes = Math.ceil(outputs / 2) * 2;
  const weightCount = sparse ? features * lanes : stride * outputs;
  const wide = squareSize(features);

  const values = sparse ? kernel.copied(sparse.values) : kernel.take(4 * padded * stride);
  const starts = sparse ? kernel.copied(sparse.starts) : 0;
  const columns = sparse ? kernel.copied(sparse.columns) : 0;
  const target = kernel.copied(rows.target);
  const weight = kernel.copied(rows.weight);
  const weights = kernel.take(8 * weightCount);
  const bias = kernel.take(8 * lanes);
  const gradients = kernel.take(8 * weightCount);
  const totals = kernel.take(16 * (1 + outputs));
  const z = kernel.take(8 * group * outputs);
  const spare = kernel.take(8 * Math.max(2, lanes));
  const kept = keeps ? kernel.take(8 * outputs * padded) : 0;
  const factor = squares ? kernel.take(8 * padded) : 0;
  const extra = squares ? kernel.take(8 * padded) : 0;
  const shift = kernel.copied(rows.shift);
  const plain = squares && !sparse ? kernel.take(8 * block * wide) : 0;
  const scaled = squares && !sparse ? kernel.take(8 * block * wide) : 0;
  const square = squares ? kernel.take(8 * wide * wide) : 0;
  if (!sparse) {
    const to = kernel.floats(values, padded * stride);
    if (stride === features) to.set(x);
    else for (let i = 0; i < rows.rows; i++) for (let k = 0; k < features; k++) to[i * stride + k] = x[i * features + k]!;
  }

  const { run } = kernel;
  /** Where the weight of a feature for an output lies. */
  const place = sparse ? (k: number, j: number): number => k * lanes + j : (k: number, j: number): number => j * stride + k;
  return {
    begin(point) {
      const own = kernel.doubles(weights, weightCount);
      for (let k = 0; k < features; k++) for (let j = 0; j < outputs; j++) own[place(k, j)] = point[k * outputs + j]!;
      kernel.doubles(bias, outputs).set(point.subarray(size));
      kernel.doubles(gradients, weightCount).fill(0);
      kernel.doubles(totals, 2 + 2 * outputs).fill(0);
    },
    logistic(from, to, gradient, keep) {
      const probabilities = keep ? kept : 0;
      const sums = gradient ? gradients : 0;
      if (sparse) run.sparseLogistic(starts, columns, values, target, weight, weights, bias, outputs, lanes, probabilities, padded, sums, totals, z, spare, from, to);
      else run.denseLogistic(values, target, weight, weights, bias, outputs, stride, probabilities, padded, sums, totals, z, spare, from, to);
    },
    end(gradient) {
      const sum = kernel.doubles(totals, 2 + 2 * outputs);
      if (gradient) {
        const own = kernel.doubles(gradients, weightCount);
        for (let k = 0; k < features; k++) for (let j = 0; j < outputs; j++) gradient[k * outputs + j] = own[place(k, j)]!;
        for (let j = 0; j < outputs; j++) gradient[size + j] = sum[2 + 2 * j]! + sum[3 + 2 * j]!;
      }
      return sum[0]! + sum[1]!;
    },
    probabilities: () => kernel.doubles(kept, outputs * padded),
    curvature: (a, b) => run.curvature(weight, kept, padded, a, b, factor),
    factors: (given) => kernel.doubles(factor, padded).set(given),
    beginSquare(given) {
      kernel.doubles(square, wide * wide).fill(0);
      if (given) kernel.doubles(extra, padded).set(given);
      else kernel.doubles(extra, padded).fill(0);
    },
    square(from, to) {
      if (sparse) run.sparseSquare(starts, columns, values, factor, extra, features, wide, square, from, to);
      else run.denseSquare(values, factor, extra, shift, features, stride, wide, plain, scaled, square, from, to);
    },
    endSquare: () => kernel.doubles(square, wide * wide).slice(),
  };
}
