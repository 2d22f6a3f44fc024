// The losses: from the last layer's numbers to their gradient, divided by the rows of the batch, and the weighted sum of the losses.
import { exp4, log4, sigmoid4 } from './denseCurves';
import { log64 } from './exponential';

export const lossSigmoid: i32 = 0;
export const lossSoftmax: i32 = 1;
export const lossSquared: i32 = 2;
export const lossHuber: i32 = 3;

function added(total: f64, v: v128): f64 {
  return total + <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1) + <f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3);
}

/**
 * One output a row. Rows beyond the last, up to a multiple of 4, have weight 0.
 * @param total the sum so far, to which each row's weighted loss is added in turn
 * @param number Huber's bound, or the quantile
 * @param d where the gradients go; may be z
 */
export function singleLoss(kind: i32, number: f32, z: usize, y: usize, w: usize, d: usize, rows: i32, share: f32, total: f64): f64 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < <usize>rows << 2; at += 16) {
    const guess = v128.load(z + at), truth = v128.load(y + at), weight = v128.load(w + at);
    let loss: v128, slope: v128;
    if (kind == lossSigmoid) {
      // max(z, 0) − z y + ln(1 + e^−|z|)
      const e = exp4(f32x4.neg(f32x4.abs(guess)));
      loss = f32x4.add(f32x4.sub(f32x4.max(guess, zero), f32x4.mul(guess, truth)), log4(f32x4.add(one, e)));
      slope = f32x4.sub(sigmoid4(guess), truth);
    } else {
      const off = f32x4.sub(guess, truth);
      if (kind == lossSquared) {
        slope = off;
        loss = f32x4.mul(f32x4.mul(off, off), f32x4.splat(0.5));
      } else if (kind == lossHuber) {
        const bound = f32x4.splat(number);
        slope = f32x4.min(f32x4.max(off, f32x4.neg(bound)), bound);
        loss = f32x4.mul(slope, f32x4.sub(off, f32x4.mul(slope, f32x4.splat(0.5))));
      } else {
        const above = f32x4.splat(1 - number), below = f32x4.splat(-number);
        slope = v128.or(v128.and(above, f32x4.gt(off, zero)), v128.and(below, f32x4.lt(off, zero)));
        loss = f32x4.mul(slope, off);
        // Comparisons lose a NaN.
        loss = f32x4.add(loss, f32x4.mul(off, zero));
      }
    }
    // Not a product: a row without weight must not count, whatever it holds.
    const counts = f32x4.gt(weight, zero);
    total = added(total, v128.and(f32x4.mul(loss, weight), counts));
    v128.store(d + at, v128.and(f32x4.mul(slope, f32x4.mul(weight, f32x4.splat(share))), counts));
  }
  return total;
}

/** Softmax over `classes` numbers a row, padded to `columns`; the target is the index of the class. */
export function softmaxLoss(z: usize, y: usize, w: usize, d: usize, rows: i32, classes: i32, columns: i32, share: f32, total: f64): f64 {
  const stride = <usize>columns << 2;
  for (let m: i32 = 0; m < rows; m++) {
    const from = z + <usize>m * stride, to = d + <usize>m * stride;
    const weight = load<f32>(w + (<usize>m << 2));
    const truth = <usize>(<i32>load<f32>(y + (<usize>m << 2))) << 2;
    let highest: f32 = load<f32>(from);
    for (let j: i32 = 1; j < classes; j++) highest = max<f32>(highest, load<f32>(from + (<usize>j << 2)));
    const own = load<f32>(from + truth);
    for (let j: i32 = classes; j < columns; j++) store<f32>(from + (<usize>j << 2), -Infinity);
    const most = f32x4.splat(highest);
    let sums = f32x4.splat(0);
    for (let k: usize = 0; k < stride; k += 16) {
      const e = exp4(f32x4.sub(v128.load(from + k), most));
      v128.store(to + k, e);
      sums = f32x4.add(sums, e);
    }
    const sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 2) + (f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 3));
    const each = weight * share;
    const factor = f32x4.splat(each / sum);
    for (let k: usize = 0; k < stride; k += 16) v128.store(to + k, f32x4.mul(v128.load(to + k), factor));
    store<f32>(to + truth, load<f32>(to + truth) - each);
    if (weight > 0) total += <f64>weight * (log64(<f64>sum) + <f64>(highest - own));
  }
  return total;
}
