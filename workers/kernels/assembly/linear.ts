// Passes over rows for logistic regression and least squares. float32 features, every sum in float64.
// The twin is workers/training/linear/plainPasses.ts and gives the same bits: each sum is taken in the order said here.
//
// Rows come in groups of 4 (the last one filled with rows of weight 0). Vectors of rows: target, weight: 8 bytes each, padded to the group.
// Probabilities, where they are wanted: outputs × padded rows.
//
// Dense rows: padded rows × stride numbers, stride = features rounded up to 2, filled with 0. Weights: outputs × stride.
// Sparse rows: starts (padded rows + 1), columns (both 32 bits), values. Weights: features × wide, wide = outputs rounded up to 2.

import { exp64x2, log64x2 } from './exponentialPair';

function wide(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** Sum of the lanes of a beside sum of the lanes of b. */
function sums(a: v128, b: v128): v128 {
  return f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
}

/**
 * Logits of one group, z[output × 4 + row] = (Σ over even features + Σ over odd features) + bias.
 */
function denseLogits(x: usize, weights: usize, bias: usize, outputs: i32, stride: i32, z: usize): void {
  const pitch = <usize>stride << 2;
  for (let j = 0; j < outputs; j++) {
    let w = weights + ((<usize>j * stride) << 3);
    let at = x;
    const end = x + pitch;
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    while (at + 16 <= end) {
      const low = v128.load(w);
      const high = v128.load(w, 16);
      a = f64x2.add(a, f64x2.mul(wide(at), low));
      b = f64x2.add(b, f64x2.mul(wide(at + pitch), low));
      c = f64x2.add(c, f64x2.mul(wide(at + 2 * pitch), low));
      d = f64x2.add(d, f64x2.mul(wide(at + 3 * pitch), low));
      a = f64x2.add(a, f64x2.mul(wide(at + 8), high));
      b = f64x2.add(b, f64x2.mul(wide(at + pitch + 8), high));
      c = f64x2.add(c, f64x2.mul(wide(at + 2 * pitch + 8), high));
      d = f64x2.add(d, f64x2.mul(wide(at + 3 * pitch + 8), high));
      at += 16;
      w += 32;
    }
    if (at < end) {
      const low = v128.load(w);
      a = f64x2.add(a, f64x2.mul(wide(at), low));
      b = f64x2.add(b, f64x2.mul(wide(at + pitch), low));
      c = f64x2.add(c, f64x2.mul(wide(at + 2 * pitch), low));
      d = f64x2.add(d, f64x2.mul(wide(at + 3 * pitch), low));
    }
    const free = v128.load64_splat(bias + (<usize>j << 3));
    v128.store(z + (<usize>j << 5), f64x2.add(sums(a, b), free));
    v128.store(z + (<usize>j << 5), f64x2.add(sums(c, d), free), 16);
  }
}

/** gradient[output, feature] += ((x₀r₀ + x₁r₁) + x₂r₂) + x₃r₃ over the rows of one group, residuals r in z. */
function denseGather(x: usize, z: usize, outputs: i32, stride: i32, gradient: usize): void {
  const pitch = <usize>stride << 2;
  for (let j = 0; j < outputs; j++) {
    let g = gradient + ((<usize>j * stride) << 3);
    let at = x;
    const end = x + pitch;
    const r = z + (<usize>j << 5);
    const r0 = v128.load64_splat(r);
    const r1 = v128.load64_splat(r, 8);
    const r2 = v128.load64_splat(r, 16);
    const r3 = v128.load64_splat(r, 24);
    while (at < end) {
      let sum = f64x2.add(f64x2.mul(wide(at), r0), f64x2.mul(wide(at + pitch), r1));
      sum = f64x2.add(f64x2.add(sum, f64x2.mul(wide(at + 2 * pitch), r2)), f64x2.mul(wide(at + 3 * pitch), r3));
      v128.store(g, f64x2.add(v128.load(g), sum));
      at += 8;
      g += 16;
    }
  }
}

/** Logits of one group as above; each row's sum begins with the bias and goes through its entries in order. */
function sparseLogits(starts: usize, columns: usize, values: usize, row: i32, weights: usize, bias: usize, outputs: i32, lanes: i32, z: usize, spare: usize): void {
  for (let r = 0; r < 4; r++) {
    let e = load<u32>(starts + (<usize>(row + r) << 2));
    const end = load<u32>(starts + (<usize>(row + r) << 2), 4);
    if (outputs == 1) {
      let sum = load<f64>(bias);
      for (; e < end; e++) sum += <f64>load<f32>(values + (<usize>e << 2)) * load<f64>(weights + (<usize>load<u32>(columns + (<usize>e << 2)) << 4));
      store<f64>(z + (<usize>r << 3), sum);
      continue;
    }
    for (let j = 0; j < lanes; j += 2) v128.store(spare + (<usize>j << 3), v128.load(bias + (<usize>j << 3)));
    for (; e < end; e++) {
      const value = f64x2.splat(<f64>load<f32>(values + (<usize>e << 2)));
      const w = weights + ((<usize>load<u32>(columns + (<usize>e << 2)) * lanes) << 3);
      for (let j = 0; j < lanes; j += 2) {
        const to = spare + (<usize>j << 3);
        v128.store(to, f64x2.add(v128.load(to), f64x2.mul(value, v128.load(w + (<usize>j << 3)))));
      }
    }
    for (let j = 0; j < outputs; j++) store<f64>(z + (<usize>j << 5) + (<usize>r << 3), load<f64>(spare + (<usize>j << 3)));
  }
}

/** gradient[feature, output] += x r, row by row. */
function sparseGather(starts: usize, columns: usize, values: usize, row: i32, z: usize, outputs: i32, lanes: i32, gradient: usize, spare: usize): void {
  for (let r = 0; r < 4; r++) {
    let e = load<u32>(starts + (<usize>(row + r) << 2));
    const end = load<u32>(starts + (<usize>(row + r) << 2), 4);
    if (outputs == 1) {
      const residual = load<f64>(z + (<usize>r << 3));
      for (; e < end; e++) {
        const to = gradient + (<usize>load<u32>(columns + (<usize>e << 2)) << 4);
        store<f64>(to, load<f64>(to) + <f64>load<f32>(values + (<usize>e << 2)) * residual);
      }
      continue;
    }
    for (let j = 0; j < outputs; j++) store<f64>(spare + (<usize>j << 3), load<f64>(z + (<usize>j << 5) + (<usize>r << 3)));
    for (; e < end; e++) {
      const value = f64x2.splat(<f64>load<f32>(values + (<usize>e << 2)));
      const to = gradient + ((<usize>load<u32>(columns + (<usize>e << 2)) * lanes) << 3);
      for (let j = 0; j < lanes; j += 2) v128.store(to + (<usize>j << 3), f64x2.add(v128.load(to + (<usize>j << 3)), f64x2.mul(value, v128.load(spare + (<usize>j << 3)))));
    }
  }
}

/** Two rows of a group with one logit: residuals in place of it, probabilities where wanted; returns the weighted losses. */
function binaryPair(z: usize, target: usize, weight: usize, probabilities: usize): v128 {
  const logit = v128.load(z);
  const truth = v128.load(target);
  const w = v128.load(weight);
  const one = f64x2.splat(1);
  const small = exp64x2(f64x2.neg(f64x2.abs(logit)));
  const below = f64x2.add(one, small);
  const p = f64x2.div(v128.bitselect(one, small, f64x2.ge(logit, f64x2.splat(0))), below);
  const positive = v128.and(logit, f64x2.gt(logit, f64x2.splat(0)));
  const loss = f64x2.sub(f64x2.add(positive, log64x2(below)), f64x2.mul(truth, logit));
  v128.store(z, f64x2.mul(w, f64x2.sub(p, truth)));
  if (probabilities) v128.store(probabilities, p);
  return f64x2.mul(w, loss);
}

/** The same for one logit a class; `z` points to the pair within its group, `spare` holds 2 numbers. */
function multinomialPair(z: usize, target: usize, weight: usize, outputs: i32, probabilities: usize, padded: i32, spare: usize): v128 {
  const w = v128.load(weight);
  const first = <usize>load<f64>(target);
  const second = <usize>load<f64>(target, 8);
  const own = v128.shuffle<f64>(v128.load64_zero(z + (first << 5)), v128.load64_zero(z + (second << 5), 8), 0, 2);
  let highest = v128.load(z);
  for (let j = 1; j < outputs; j++) {
    const logit = v128.load(z + (<usize>j << 5));
    highest = v128.bitselect(logit, highest, f64x2.gt(logit, highest));
  }
  let sum = f64x2.splat(0);
  for (let j = 0; j < outputs; j++) {
    const e = exp64x2(f64x2.sub(v128.load(z + (<usize>j << 5)), highest));
    v128.store(z + (<usize>j << 5), e);
    sum = f64x2.add(sum, e);
  }
  for (let j = 0; j < outputs; j++) {
    const p = f64x2.div(v128.load(z + (<usize>j << 5)), sum);
    if (probabilities) v128.store(probabilities + ((<usize>j * padded) << 3), p);
    v128.store(z + (<usize>j << 5), f64x2.mul(w, p));
  }
  store<f64>(z + (first << 5), load<f64>(z + (first << 5)) - load<f64>(weight));
  store<f64>(z + (second << 5), load<f64>(z + (second << 5), 8) - load<f64>(weight, 8), 8);
  return f64x2.mul(w, f64x2.sub(log64x2(sum), f64x2.sub(own, highest)));
}

/**
 * Residuals of one group in place of its logits. Sums by lanes: rows 0 and 2, rows 1 and 3.
 * `totals`: 2 lanes of the loss, then 2 lanes for each output's residuals.
 */
function residuals(z: usize, target: usize, weight: usize, outputs: i32, probabilities: usize, padded: i32, totals: usize, spare: usize): void {
  if (outputs == 1) {
    v128.store(totals, f64x2.add(v128.load(totals), binaryPair(z, target, weight, probabilities)));
    v128.store(totals, f64x2.add(v128.load(totals), binaryPair(z + 16, target + 16, weight + 16, probabilities ? probabilities + 16 : 0)));
  } else {
    v128.store(totals, f64x2.add(v128.load(totals), multinomialPair(z, target, weight, outputs, probabilities, padded, spare)));
    v128.store(totals, f64x2.add(v128.load(totals), multinomialPair(z + 16, target + 16, weight + 16, outputs, probabilities ? probabilities + 16 : 0, padded, spare)));
  }
  for (let j = 0; j < outputs; j++) {
    const to = totals + 16 + (<usize>j << 4);
    const r = z + (<usize>j << 5);
    v128.store(to, f64x2.add(f64x2.add(v128.load(to), v128.load(r)), v128.load(r, 16)));
  }
}

/** Loss and, unless `gradient` is 0, gradient of the rows from … to − 1 (multiples of 4), added to `totals` and `gradient`. */
export function denseLogistic(
  x: usize, target: usize, weight: usize, weights: usize, bias: usize, outputs: i32, stride: i32,
  probabilities: usize, padded: i32, gradient: usize, totals: usize, z: usize, spare: usize, from: i32, to: i32,
): void {
  for (let i = from; i < to; i += 4) {
    const rows = x + ((<usize>i * stride) << 2);
    const at = <usize>i << 3;
    denseLogits(rows, weights, bias, outputs, stride, z);
    residuals(z, target + at, weight + at, outputs, probabilities ? probabilities + at : 0, padded, totals, spare);
    if (gradient) denseGather(rows, z, outputs, stride, gradient);
  }
}

/** The same for sparse rows. With one output the weights and the gradient have 2 lanes, too, of which the first is used. */
export function sparseLogistic(
  starts: usize, columns: usize, values: usize, target: usize, weight: usize, weights: usize, bias: usize, outputs: i32, lanes: i32,
  probabilities: usize, padded: i32, gradient: usize, totals: usize, z: usize, spare: usize, from: i32, to: i32,
): void {
  for (let i = from; i < to; i += 4) {
    const at = <usize>i << 3;
    sparseLogits(starts, columns, values, i, weights, bias, outputs, lanes, z, spare);
    residuals(z, target + at, weight + at, outputs, probabilities ? probabilities + at : 0, padded, totals, spare);
    if (gradient) sparseGather(starts, columns, values, i, z, outputs, lanes, gradient, spare);
  }
}

/** factor[i] = weight[i] · p[i, a] · ((1 where a = b, else 0) − p[i, b]): the curvature of the log-loss between two logits. */
export function curvature(weight: usize, probabilities: usize, padded: i32, a: i32, b: i32, factor: usize): void {
  const one = f64x2.splat(a == b ? 1 : 0);
  const first = probabilities + ((<usize>a * padded) << 3);
  const second = probabilities + ((<usize>b * padded) << 3);
  for (let at: usize = 0, end = <usize>padded << 3; at < end; at += 16) {
    v128.store(factor + at, f64x2.mul(f64x2.mul(v128.load(weight + at), v128.load(first + at)), f64x2.sub(one, v128.load(second + at))));
  }
}

/**
 * sum[k, d] += Σ factor[i] · x̃[i, k] · x̃[i, d] for d ≤ k, where x̃ is the row less `shift`, then 1, then extra[i]. One block of rows, at
 * most 64, whose sum is taken on its own, row by row, and then added. `sum` is size × size, size = features + 2 rounded up to 4 (tiles of
 * 4 × 4 that touch the lower triangle are written in full). `plain` and `scaled` hold 64 × size numbers.
 */
export function denseSquare(
  x: usize, factor: usize, extra: usize, shift: usize, features: i32, stride: i32, size: i32, plain: usize, scaled: usize, sum: usize, from: i32, to: i32,
): void {
  const pitch = <usize>size << 3;
  for (let i = from; i < to; i++) {
    const row = x + ((<usize>i * stride) << 2);
    const out = <usize>(i - from) * pitch;
    const f = load<f64>(factor + (<usize>i << 3));
    for (let k = 0; k < features; k++) {
      const value = <f64>load<f32>(row + (<usize>k << 2)) - load<f64>(shift + (<usize>k << 3));
      store<f64>(plain + out + (<usize>k << 3), value);
      store<f64>(scaled + out + (<usize>k << 3), f * value);
    }
    const after = out + (<usize>features << 3);
    const e = load<f64>(extra + (<usize>i << 3));
    store<f64>(plain + after, 1);
    store<f64>(scaled + after, f);
    store<f64>(plain + after, e, 8);
    store<f64>(scaled + after, f * e, 8);
  }
  const count = to - from;
  for (let k = 0; k < size; k += 4) {
    for (let d = 0; d <= k; d += 4) {
      let a = scaled + (<usize>k << 3);
      let b = plain + (<usize>d << 3);
      let s00 = f64x2.splat(0);
      let s01 = f64x2.splat(0);
      let s10 = f64x2.splat(0);
      let s11 = f64x2.splat(0);
      let s20 = f64x2.splat(0);
      let s21 = f64x2.splat(0);
      let s30 = f64x2.splat(0);
      let s31 = f64x2.splat(0);
      for (let i = 0; i < count; i++) {
        const low = v128.load(b);
        const high = v128.load(b, 16);
        let v = v128.load64_splat(a);
        s00 = f64x2.add(s00, f64x2.mul(v, low));
        s01 = f64x2.add(s01, f64x2.mul(v, high));
        v = v128.load64_splat(a, 8);
        s10 = f64x2.add(s10, f64x2.mul(v, low));
        s11 = f64x2.add(s11, f64x2.mul(v, high));
        v = v128.load64_splat(a, 16);
        s20 = f64x2.add(s20, f64x2.mul(v, low));
        s21 = f64x2.add(s21, f64x2.mul(v, high));
        v = v128.load64_splat(a, 24);
        s30 = f64x2.add(s30, f64x2.mul(v, low));
        s31 = f64x2.add(s31, f64x2.mul(v, high));
        a += pitch;
        b += pitch;
      }
      let to = sum + <usize>k * pitch + (<usize>d << 3);
      v128.store(to, f64x2.add(v128.load(to), s00));
      v128.store(to, f64x2.add(v128.load(to, 16), s01), 16);
      to += pitch;
      v128.store(to, f64x2.add(v128.load(to), s10));
      v128.store(to, f64x2.add(v128.load(to, 16), s11), 16);
      to += pitch;
      v128.store(to, f64x2.add(v128.load(to), s20));
      v128.store(to, f64x2.add(v128.load(to, 16), s21), 16);
      to += pitch;
      v128.store(to, f64x2.add(v128.load(to), s30));
      v128.store(to, f64x2.add(v128.load(to, 16), s31), 16);
    }
  }
}

/** The same for sparse rows, without a shift and row by row: each row's entries, then 1, then extra[i]. */
export function sparseSquare(
  starts: usize, columns: usize, values: usize, factor: usize, extra: usize, features: i32, size: i32, sum: usize, from: i32, to: i32,
): void {
  for (let i = from; i < to; i++) {
    const start = load<u32>(starts + (<usize>i << 2));
    const end = load<u32>(starts + (<usize>i << 2), 4);
    const f = load<f64>(factor + (<usize>i << 3));
    for (let e = start; e < end; e++) {
      const value = f * <f64>load<f32>(values + (<usize>e << 2));
      const row = sum + ((<usize>load<u32>(columns + (<usize>e << 2)) * size) << 3);
      for (let d = start; d <= e; d++) {
        const to = row + (<usize>load<u32>(columns + (<usize>d << 2)) << 3);
        store<f64>(to, load<f64>(to) + value * <f64>load<f32>(values + (<usize>d << 2)));
      }
    }
    const t = load<f64>(extra + (<usize>i << 3));
    const ones = sum + ((<usize>features * size) << 3);
    const extras = ones + (<usize>size << 3);
    for (let e = start; e < end; e++) {
      const at = <usize>load<u32>(columns + (<usize>e << 2)) << 3;
      const value = <f64>load<f32>(values + (<usize>e << 2));
      store<f64>(ones + at, load<f64>(ones + at) + f * value);
      store<f64>(extras + at, load<f64>(extras + at) + f * t * value);
    }
    const at = <usize>features << 3;
    store<f64>(ones + at, load<f64>(ones + at) + f);
    store<f64>(extras + at, load<f64>(extras + at) + f * t);
    store<f64>(extras + at + 8, load<f64>(extras + at + 8) + f * t * t);
  }
}

/** The pair functions one number at a time, for the test that compares them with exp64 and log64. */
export function exponential(x: f64): f64 {
  return f64x2.extract_lane(exp64x2(f64x2.splat(x)), 1);
}

export function logarithm(x: f64): f64 {
  return f64x2.extract_lane(log64x2(f64x2.splat(x)), 0);
}
