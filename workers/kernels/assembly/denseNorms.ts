// Layer and batch normalisation, forward and back, on rows × outputs numbers whose padding is 0 and stays 0.
import { Layer } from './denseNet';

export const normLayer: i32 = 1;
export const normBatch: i32 = 2;
/** Added to the variance; share of a batch in the running statistics. PyTorch's numbers. */
const epsilon: f32 = 1e-5;
const share: f32 = 0.1;

/** Which lanes of the last vector of a row are numbers of it. */
function lastLanes(real: i32): v128 {
  const odd = real & 3;
  return odd == 0 ? i32x4.splat(-1) : i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(odd));
}

function sumOf(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2) + (f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3));
}

/** `inner` holds x·W + b, and then what the activation is given. @param train keeps what the way back needs */
export function layerNorm(layer: Layer, rows: i32): void {
  const stride = <usize>layer.outputs << 2, last = stride - 16;
  const lanes = lastLanes(layer.real);
  const n = <f32>layer.real;
  for (let m: i32 = 0; m < rows; m++) {
    const u = layer.inner + <usize>m * stride, h = layer.normalised + <usize>m * stride;
    let sum = f32x4.splat(0);
    for (let k: usize = 0; k < stride; k += 16) sum = f32x4.add(sum, v128.load(u + k));
    const mean = f32x4.splat(sumOf(sum) / n);
    let square = f32x4.splat(0);
    for (let k: usize = 0; k < stride; k += 16) {
      let d = f32x4.sub(v128.load(u + k), mean);
      if (k == last) d = v128.and(d, lanes);
      v128.store(h + k, d);
      square = f32x4.add(square, f32x4.mul(d, d));
    }
    const factor: f32 = 1 / sqrt<f32>(sumOf(square) / n + epsilon);
    store<f32>(layer.factor + (<usize>m << 2), factor);
    const f = f32x4.splat(factor);
    for (let k: usize = 0; k < stride; k += 16) {
      const x = f32x4.mul(v128.load(h + k), f);
      v128.store(h + k, x);
      v128.store(u + k, f32x4.add(f32x4.mul(x, v128.load(layer.scale + k)), v128.load(layer.shift + k)));
    }
  }
}

/** From the gradient of what the activation was given to that of x·W + b, in place. */
export function layerNormBack(layer: Layer, d: usize, rows: i32, fresh: bool): void {
  const stride = <usize>layer.outputs << 2, last = stride - 16;
  const lanes = lastLanes(layer.real);
  const n = <f32>layer.real;
  normGradients(layer, d, rows, fresh);
  for (let m: i32 = 0; m < rows; m++) {
    const at = d + <usize>m * stride, h = layer.normalised + <usize>m * stride;
    let sum = f32x4.splat(0), along = f32x4.splat(0);
    for (let k: usize = 0; k < stride; k += 16) {
      const g = f32x4.mul(v128.load(at + k), v128.load(layer.scale + k));
      sum = f32x4.add(sum, g);
      along = f32x4.add(along, f32x4.mul(g, v128.load(h + k)));
    }
    const mean = f32x4.splat(sumOf(sum) / n), slope = f32x4.splat(sumOf(along) / n);
    const factor = v128.load32_splat(layer.factor + (<usize>m << 2));
    for (let k: usize = 0; k < stride; k += 16) {
      const g = f32x4.mul(v128.load(at + k), v128.load(layer.scale + k));
      let z = f32x4.mul(factor, f32x4.sub(f32x4.sub(g, mean), f32x4.mul(v128.load(h + k), slope)));
      if (k == last) z = v128.and(z, lanes);
      v128.store(at + k, z);
    }
  }
}

/** Gradients of scale and shift. */
function normGradients(layer: Layer, d: usize, rows: i32, fresh: bool): void {
  const stride = <usize>layer.outputs << 2;
  for (let k: usize = 0; k < stride; k += 16) {
    let scale = fresh ? f32x4.splat(0) : v128.load(layer.scaleGradient + k);
    let shift = fresh ? f32x4.splat(0) : v128.load(layer.shiftGradient + k);
    let at = k;
    for (let m: i32 = 0; m < rows; m++) {
      const g = v128.load(d + at);
      scale = f32x4.add(scale, f32x4.mul(g, v128.load(layer.normalised + at)));
      shift = f32x4.add(shift, g);
      at += stride;
    }
    v128.store(layer.scaleGradient + k, scale);
    v128.store(layer.shiftGradient + k, shift);
  }
}

function totalOf(w: usize, rows: i32): f32 {
  let total: f32 = 0;
  for (let m: i32 = 0; m < rows; m++) total += load<f32>(w + (<usize>m << 2));
  return total;
}

/** Mean and variance over the rows, each as often as it weighs; a batch without weight is taken as it is, and leaves the running statistics. */
export function batchNorm(layer: Layer, w: usize, rows: i32): void {
  const stride = <usize>layer.outputs << 2;
  const total = totalOf(w, rows);
  const weightless = total == 0;
  const each = f32x4.splat(weightless ? <f32>0 : 1 / total);
  for (let k: usize = 0; k < stride; k += 16) {
    let mean = f32x4.splat(0), variance = f32x4.splat(0);
    let at = k;
    for (let m: i32 = 0; m < rows; m++) {
      mean = f32x4.add(mean, f32x4.mul(v128.load32_splat(w + (<usize>m << 2)), v128.load(layer.inner + at)));
      at += stride;
    }
    mean = f32x4.mul(mean, each);
    at = k;
    for (let m: i32 = 0; m < rows; m++) {
      const d = f32x4.sub(v128.load(layer.inner + at), mean);
      variance = f32x4.add(variance, f32x4.mul(v128.load32_splat(w + (<usize>m << 2)), f32x4.mul(d, d)));
      at += stride;
    }
    variance = weightless ? f32x4.splat(1) : f32x4.mul(variance, each);
    const factor = f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))));
    v128.store(layer.factor + k, factor);
    if (!weightless) {
      const means = layer.running + k, variances = layer.running + stride + k;
      v128.store(means, f32x4.add(f32x4.mul(v128.load(means), f32x4.splat(1 - share)), f32x4.mul(mean, f32x4.splat(share))));
      v128.store(variances, f32x4.add(f32x4.mul(v128.load(variances), f32x4.splat(1 - share)), f32x4.mul(variance, f32x4.splat(share))));
    }
    const scale = v128.load(layer.scale + k), shift = v128.load(layer.shift + k);
    at = k;
    for (let m: i32 = 0; m < rows; m++) {
      const x = f32x4.mul(f32x4.sub(v128.load(layer.inner + at), mean), factor);
      v128.store(layer.normalised + at, x);
      v128.store(layer.inner + at, f32x4.add(f32x4.mul(x, scale), shift));
      at += stride;
    }
  }
}

export function batchNormBack(layer: Layer, d: usize, w: usize, rows: i32): void {
  const stride = <usize>layer.outputs << 2;
  normGradients(layer, d, rows, true);
  const total = totalOf(w, rows);
  const each = f32x4.splat(total == 0 ? <f32>0 : 1 / total);
  for (let k: usize = 0; k < stride; k += 16) {
    const along = f32x4.mul(v128.load(layer.scaleGradient + k), each), mean = f32x4.mul(v128.load(layer.shiftGradient + k), each);
    const factor = f32x4.mul(v128.load(layer.factor + k), v128.load(layer.scale + k));
    let at = k;
    for (let m: i32 = 0; m < rows; m++) {
      const part = f32x4.mul(v128.load32_splat(w + (<usize>m << 2)), f32x4.add(mean, f32x4.mul(v128.load(layer.normalised + at), along)));
      v128.store(d + at, f32x4.mul(factor, f32x4.sub(v128.load(d + at), part)));
      at += stride;
    }
  }
}

/** With the running statistics. */
export function batchNormLearnt(layer: Layer, rows: i32): void {
  const stride = <usize>layer.outputs << 2;
  for (let k: usize = 0; k < stride; k += 16) {
    const mean = v128.load(layer.running + k);
    const factor = f32x4.div(v128.load(layer.scale + k), f32x4.sqrt(f32x4.add(v128.load(layer.running + stride + k), f32x4.splat(epsilon))));
    const shift = v128.load(layer.shift + k);
    let at = layer.inner + k;
    for (let m: i32 = 0; m < rows; m++) {
      v128.store(at, f32x4.add(f32x4.mul(f32x4.sub(v128.load(at), mean), factor), shift));
      at += stride;
    }
  }
}
