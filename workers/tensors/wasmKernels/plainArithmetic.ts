/** @file The arithmetic of our wasm kernels in plain TypeScript: the readable reference, and what runs where there is no SIMD. */

import type { Arithmetic, Geometry, Heap } from './arithmetic';

/** Visits each pair of an output position and an input pixel that its window covers, with the place in the window. */
function visit(g: Geometry, pair: (output: number, pixel: number, tap: number) => void): void {
  let output = 0;
  for (let n = 0; n < g.batch; n++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      for (let ox = 0; ox < g.outWidth; ox++, output++) {
        for (let fy = 0; fy < g.filterHeight; fy++) {
          const iy = oy * g.strideHeight - g.top + fy * g.dilationHeight;
          if (iy < 0 || iy >= g.inHeight) continue;
          for (let fx = 0; fx < g.filterWidth; fx++) {
            const ix = ox * g.strideWidth - g.left + fx * g.dilationWidth;
            if (ix >= 0 && ix < g.inWidth) pair(output, (n * g.inHeight + iy) * g.inWidth + ix, fy * g.filterWidth + fx);
          }
        }
      }
    }
  }
}

export function plainArithmetic(heap: Heap): Arithmetic {
  const floats = (at: number, count: number): Float32Array => new Float32Array(heap.memory.buffer, at, count);
  const inputSize = (g: Geometry): number => g.batch * g.inHeight * g.inWidth * g.inChannels;
  const outputSize = (g: Geometry): number => g.batch * g.outHeight * g.outWidth * g.outChannels;
  const taps = (g: Geometry): number => g.filterHeight * g.filterWidth;
  return {
    filterGradient(x, dy, out, g) {
      const [xs, ds, os] = [floats(x, inputSize(g)), floats(dy, outputSize(g)), floats(out, taps(g) * g.inChannels * g.outChannels).fill(0)];
      visit(g, (output, pixel, tap) => {
        for (let i = 0; i < g.inChannels; i++) {
          const value = xs[pixel * g.inChannels + i]!;
          const to = (tap * g.inChannels + i) * g.outChannels;
          for (let o = 0; o < g.outChannels; o++) os[to + o]! += value * ds[output * g.outChannels + o]!;
        }
      });
    },
    inputGradient(dy, filter, out, g) {
      const [ds, fs, os] = [floats(dy, outputSize(g)), floats(filter, taps(g) * g.inChannels * g.outChannels), floats(out, inputSize(g)).fill(0)];
      visit(g, (output, pixel, tap) => {
        for (let i = 0; i < g.inChannels; i++) {
          const from = (tap * g.inChannels + i) * g.outChannels;
          let sum = 0;
          for (let o = 0; o < g.outChannels; o++) sum += fs[from + o]! * ds[output * g.outChannels + o]!;
          os[pixel * g.inChannels + i]! += sum;
        }
      });
    },
    maxPoolGradient(x, dy, out, g) {
      const [xs, ds, os] = [floats(x, inputSize(g)), floats(dy, outputSize(g)), floats(out, inputSize(g)).fill(0)];
      const best = new Int32Array(ds.length).fill(-1);
      visit(g, (output, pixel) => {
        for (let c = 0; c < g.inChannels; c++) {
          const [at, from] = [output * g.inChannels + c, pixel * g.inChannels + c];
          const kept = best[at]!;
          // NaN is larger than nothing, so it is never kept.
          if (kept < 0 ? xs[from]! >= -Infinity : xs[from]! > xs[kept]!) best[at] = from;
        }
      });
      best.forEach((from, at) => {
        if (from >= 0) os[from]! += ds[at]!;
      });
    },
    depthwiseFilterGradient(x, dy, out, g) {
      const times = g.outChannels / g.inChannels;
      const [xs, ds, os] = [floats(x, inputSize(g)), floats(dy, outputSize(g)), floats(out, taps(g) * g.outChannels).fill(0)];
      visit(g, (output, pixel, tap) => {
        for (let o = 0; o < g.outChannels; o++) os[tap * g.outChannels + o]! += xs[pixel * g.inChannels + Math.floor(o / times)]! * ds[output * g.outChannels + o]!;
      });
    },
    depthwiseInputGradient(dy, filter, out, g) {
      const times = g.outChannels / g.inChannels;
      const [ds, fs, os] = [floats(dy, outputSize(g)), floats(filter, taps(g) * g.outChannels), floats(out, inputSize(g)).fill(0)];
      visit(g, (output, pixel, tap) => {
        for (let o = 0; o < g.outChannels; o++) os[pixel * g.inChannels + Math.floor(o / times)]! += fs[tap * g.outChannels + o]! * ds[output * g.outChannels + o]!;
      });
    },
    segmentSum(x, ids, out, rows, inner, segments) {
      const [xs, is, os] = [floats(x, rows * inner), new Int32Array(heap.memory.buffer, ids, rows), floats(out, segments * inner).fill(0)];
      is.forEach((segment, row) => {
        if (segment >= 0 && segment < segments) for (let j = 0; j < inner; j++) os[segment * inner + j]! += xs[row * inner + j]!;
      });
    },
    product(a, b, out, rows, shared, columns) {
      const all = new Float32Array(heap.memory.buffer);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let k = 0; k < shared; k++) sum += all[a.at / 4 + i * a.row + k * a.column]! * all[b.at / 4 + k * b.row + j * b.column]!;
          all[out / 4 + i * columns + j] = sum;
        }
      }
    },
    reluGradient(dy, y, out, count) {
      const [ds, ys, os] = [floats(dy, count), floats(y, count), floats(out, count)];
      for (let i = 0; i < count; i++) os[i] = ys[i]! > 0 ? ds[i]! : 0;
    },
    adam(from, to, count, { rate, beta1, beta2, epsilon }) {
      const [p, g, m, v] = [floats(from.p, count), floats(from.g, count), floats(from.m, count), floats(from.v, count)];
      const keep = from.keep === 0 ? undefined : floats(from.keep, count);
      const [p2, m2, v2] = [floats(to.p, count), floats(to.m, count), floats(to.v, count)];
      for (let i = 0; i < count; i++) {
        const gradient = g[i]!;
        const first = beta1 * m[i]! + (1 - beta1) * gradient;
        const second = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
        m2[i] = first;
        v2[i] = second;
        p2[i] = p[i]! * (keep?.[i] ?? 1) - (rate * first) / (Math.sqrt(second) + epsilon);
      }
    },
  };
}
