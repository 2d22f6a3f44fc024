// Arithmetic of the explainable boosting machine over binned columns: applies the last update, takes gradients and gathers them in histograms.
// Which update follows from a histogram is decided by the caller (workers/training/additive). The twin is plainArithmetic.ts there, bit for bit:
// logits, gradients and curvatures are float32, every sum of them is float64 in the order of the rows.

import { exp64, log64 } from './exponential';

/** Rows whose gradients are held at once: they and their logits stay in the first cache. A multiple of four. */
const block: i32 = 1024;

const squared: i32 = 0;
const logistic: i32 = 1;

/** e^x for four numbers, within 2 ulp, of x cut to ±87 (polynomial of Cephes' expf; Moshier 1989). */
function exp32(given: v128): v128 {
  const x = f32x4.min(f32x4.max(given, f32x4.splat(-87)), f32x4.splat(87));
  const k = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.4426950408889634)));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375))), f32x4.mul(k, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23));
}

function cellOf<T>(column: usize, row: i32): usize {
  return <usize>load<T>(column + <usize>row * sizeof<T>());
}

/** logits += update[cell] for the rows from … to − 1; the update is cells × outputs, the logits are one plane of `count` rows an output. */
function apply<T>(outputs: i32, count: i32, logits: usize, column: usize, update: usize, from: i32, to: i32): void {
  const stride = <usize>outputs << 2;
  for (let k = 0; k < outputs; k++) {
    const plane = logits + ((<usize>k * <usize>count) << 2);
    const values = update + (<usize>k << 2);
    for (let i = from; i < to; i += 4) {
      const at = plane + (<usize>i << 2);
      let steps = v128.load_splat<f32>(values + cellOf<T>(column, i) * stride);
      steps = v128.load_lane<f32>(values + cellOf<T>(column, i + 1) * stride, steps, 1);
      steps = v128.load_lane<f32>(values + cellOf<T>(column, i + 2) * stride, steps, 2);
      steps = v128.load_lane<f32>(values + cellOf<T>(column, i + 3) * stride, steps, 3);
      v128.store(at, f32x4.add(v128.load(at), steps));
    }
  }
}

/** Gradient and curvature of the loss by each logit, times the weight, for the rows from … to − 1; row `from` is written first in each plane of `width`. */
function gradients(kind: i32, outputs: i32, count: i32, logits: usize, targets: usize, weights: usize, gradient: usize, curvature: usize, width: i32, from: i32, to: i32): void {
  const one = f32x4.splat(1);
  for (let i = from; i < to; i += 4) {
    const at = <usize>i << 2;
    const out = <usize>(i - from) << 2;
    const y = v128.load(targets + at);
    const w = v128.load(weights + at);
    if (kind === squared) {
      v128.store(gradient + out, f32x4.mul(w, f32x4.sub(v128.load(logits + at), y)));
      v128.store(curvature + out, w);
    } else if (kind === logistic) {
      const p = f32x4.div(one, f32x4.add(one, exp32(f32x4.neg(v128.load(logits + at)))));
      v128.store(gradient + out, f32x4.mul(w, f32x4.sub(p, y)));
      v128.store(curvature + out, f32x4.mul(w, f32x4.mul(p, f32x4.sub(one, p))));
    } else {
      let highest = v128.load(logits + at);
      for (let k = 1; k < outputs; k++) highest = f32x4.max(highest, v128.load(logits + at + ((<usize>k * <usize>count) << 2)));
      let sum = f32x4.splat(0);
      for (let k = 0; k < outputs; k++) {
        const e = exp32(f32x4.sub(v128.load(logits + at + ((<usize>k * <usize>count) << 2)), highest));
        v128.store(gradient + out + ((<usize>k * <usize>width) << 2), e);
        sum = f32x4.add(sum, e);
      }
      for (let k = 0; k < outputs; k++) {
        const plane = out + ((<usize>k * <usize>width) << 2);
        const p = f32x4.div(v128.load(gradient + plane), sum);
        const hit = v128.and(f32x4.eq(y, f32x4.splat(<f32>k)), one);
        v128.store(gradient + plane, f32x4.mul(w, f32x4.sub(p, hit)));
        v128.store(curvature + plane, f32x4.mul(w, f32x4.mul(p, f32x4.sub(one, p))));
      }
    }
  }
}

function add(at: usize, pair: v128): void {
  v128.store(at, f64x2.add(v128.load(at), pair));
}

/**
 * Adds gradients and curvatures to the cells of a histogram: cells × outputs × 2 of float64. Each of four neighbouring rows has a copy of its own,
 * `apart` bytes after the last one's, so that equal cells do not wait for each other; 0 means one histogram for all.
 */
function scatter<T>(outputs: i32, column: usize, gradient: usize, curvature: usize, width: i32, histogram: usize, apart: usize, from: i32, to: i32): void {
  const stride = <usize>outputs << 4;
  for (let k = 0; k < outputs; k++) {
    const plane = (<usize>k * <usize>width) << 2;
    const first = histogram + (<usize>k << 4);
    for (let i = from; i < to; i += 4) {
      const at = plane + (<usize>(i - from) << 2);
      const g = v128.load(gradient + at);
      const h = v128.load(curvature + at);
      const low = v128.shuffle<f32>(g, h, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(g, h, 2, 6, 3, 7);
      add(first + cellOf<T>(column, i) * stride, f64x2.promote_low_f32x4(low));
      add(first + apart + cellOf<T>(column, i + 1) * stride, f64x2.promote_low_f32x4(v128.shuffle<f32>(low, low, 2, 3, 0, 1)));
      add(first + 2 * apart + cellOf<T>(column, i + 2) * stride, f64x2.promote_low_f32x4(high));
      add(first + 3 * apart + cellOf<T>(column, i + 3) * stride, f64x2.promote_low_f32x4(v128.shuffle<f32>(high, high, 2, 3, 0, 1)));
    }
  }
}

function step<T>(kind: i32, outputs: i32, count: i32, logits: usize, targets: usize, weights: usize, previous: usize, update: usize, next: usize, histogram: usize, apart: usize, scratch: usize, from: i32, to: i32): void {
  const curvature = scratch + ((<usize>outputs * <usize>block) << 2);
  for (let start = from; start < to; start += block) {
    const end = min(start + block, to);
    if (previous !== 0) apply<T>(outputs, count, logits, previous, update, start, end);
    gradients(kind, outputs, count, logits, targets, weights, scratch, curvature, block, start, end);
    scatter<T>(outputs, next, scratch, curvature, block, histogram, apart, start, end);
  }
}

/** One piece of a boosting step over columns of bytes. `previous` 0: no update is due. `scratch` holds 2 × outputs × 1024 float32. */
export function stepBytes(kind: i32, outputs: i32, count: i32, logits: usize, targets: usize, weights: usize, previous: usize, update: usize, next: usize, histogram: usize, apart: usize, scratch: usize, from: i32, to: i32): void {
  step<u8>(kind, outputs, count, logits, targets, weights, previous, update, next, histogram, apart, scratch, from, to);
}

/** The same over columns of 16-bit cells, those of pairs. */
export function stepWords(kind: i32, outputs: i32, count: i32, logits: usize, targets: usize, weights: usize, previous: usize, update: usize, next: usize, histogram: usize, apart: usize, scratch: usize, from: i32, to: i32): void {
  step<u16>(kind, outputs, count, logits, targets, weights, previous, update, next, histogram, apart, scratch, from, to);
}

/** Gradients and curvatures of all rows, one plane of `count` an output, for the search of pairs. */
export function allGradients(kind: i32, outputs: i32, count: i32, logits: usize, targets: usize, weights: usize, gradient: usize, curvature: usize, from: i32, to: i32): void {
  const at = <usize>from << 2;
  gradients(kind, outputs, count, logits, targets, weights, gradient + at, curvature + at, count, from, to);
}

/** Histogram of the pair of two columns of bytes: cell a·width + b. One output at a time. */
export function pairHistogram(first: usize, second: usize, width: i32, gradient: usize, curvature: usize, histogram: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const cell = cellOf<u8>(first, i) * <usize>width + cellOf<u8>(second, i);
    const at = histogram + (cell << 4);
    store<f64>(at, load<f64>(at) + <f64>load<f32>(gradient + (<usize>i << 2)));
    store<f64>(at + 8, load<f64>(at + 8) + <f64>load<f32>(curvature + (<usize>i << 2)));
  }
}

/** The four copies of a histogram become one, in the place of the first. */
export function fold(histogram: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const half = f64x2.add(v128.load(histogram + at), v128.load(histogram + bytes + at));
    v128.store(histogram + at, f64x2.add(f64x2.add(half, v128.load(histogram + 2 * bytes + at)), v128.load(histogram + 3 * bytes + at)));
  }
}

export function clear(at: usize, bytes: usize): void {
  memory.fill(at, 0, bytes);
}

function gather<T>(source: usize, rows: usize, target: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) store<T>(target + <usize>i * sizeof<T>(), load<T>(source + <usize>load<u32>(rows + (<usize>i << 2)) * sizeof<T>()));
}

/** target[i] = source[rows[i]] */
export function gatherBytes(source: usize, rows: usize, target: usize, from: i32, to: i32): void {
  gather<u8>(source, rows, target, from, to);
}

export function gatherWords(source: usize, rows: usize, target: usize, from: i32, to: i32): void {
  gather<u16>(source, rows, target, from, to);
}

export function gatherFloats(source: usize, rows: usize, target: usize, from: i32, to: i32): void {
  gather<f32>(source, rows, target, from, to);
}

/** Every sum begins with this. */
export function begin(sums: usize, value: f64, from: i32, to: i32): void {
  for (let i = from; i < to; i++) store<f64>(sums + (<usize>i << 3), value);
}

function sumUp<T>(column: usize, table: usize, stride: usize, sums: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = sums + (<usize>i << 3);
    store<f64>(at, load<f64>(at) + load<f64>(table + cellOf<T>(column, i) * stride));
  }
}

/** sums += table[cell]; the scores of one output are `stride` bytes apart. */
export function sumBytes(column: usize, table: usize, stride: usize, sums: usize, from: i32, to: i32): void {
  sumUp<u8>(column, table, stride, sums, from, to);
}

export function sumWords(column: usize, table: usize, stride: usize, sums: usize, from: i32, to: i32): void {
  sumUp<u16>(column, table, stride, sums, from, to);
}

/** Logits as float32 from their sums. */
export function settle(sums: usize, logits: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) store<f32>(logits + (<usize>i << 2), <f32>load<f64>(sums + (<usize>i << 3)));
}

/** Σ weight · loss of the rows from … to − 1, in float64: half the squared error, or log-loss. */
export function loss(kind: i32, outputs: i32, count: i32, logits: usize, targets: usize, weights: usize, from: i32, to: i32): f64 {
  let total: f64 = 0;
  for (let i = from; i < to; i++) {
    const at = <usize>i << 2;
    const w = <f64>load<f32>(weights + at);
    if (w === 0) continue;
    const y = <f64>load<f32>(targets + at);
    const z = <f64>load<f32>(logits + at);
    if (kind === squared) {
      total += (w * (z - y) * (z - y)) / 2;
    } else if (kind === logistic) {
      const margin = y === 1 ? -z : z;
      total += w * ((margin > 0 ? margin : 0) + log64(1 + exp64(-abs<f64>(z))));
    } else {
      let highest: f64 = z;
      for (let k = 1; k < outputs; k++) {
        const other = <f64>load<f32>(logits + at + ((<usize>k * <usize>count) << 2));
        if (other > highest) highest = other;
      }
      let sum: f64 = 0;
      for (let k = 0; k < outputs; k++) sum += exp64(<f64>load<f32>(logits + at + ((<usize>k * <usize>count) << 2)) - highest);
      const own = <f64>load<f32>(logits + at + ((<usize>(<i32>y) * <usize>count) << 2));
      total += w * (highest + log64(sum) - own);
    }
  }
  return total;
}
