// Optimisers, on flat arrays whose lengths are multiples of 4. Bias corrections and schedules come in as numbers of the step.

export const adamW: i32 = 0;
export const adam: i32 = 1;

/** Numbers below this, of gradients and of first moments (1e-36: of second ones), become 0: what is smaller than any float32 normal is a hundred times slower. */
const least: f32 = 1e-17;

function flushed(v: v128): v128 {
  // Written so that NaN stays.
  return v128.andnot(v, f32x4.lt(f32x4.abs(v), f32x4.splat(least)));
}

/**
 * AdamW (Loshchilov and Hutter 2019), or Adam (Kingma and Ba 2015) with decay · p in the gradient.
 * @param rate learning rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ). @param epsilon 1e-8 · √(1 − β₂ᵗ). @param kept 1 − learning rate · decay (AdamW), else 1
 * @param penalty decay (Adam), else 0. @param share what the gradient is multiplied by
 */
export function adamStep(p: usize, g: usize, m: usize, v: usize, count: i32, rate: f32, epsilon: f32, kept: f32, penalty: f32, share: f32): void {
  const b1 = f32x4.splat(0.9), c1 = f32x4.splat(0.1), b2 = f32x4.splat(0.999), c2 = f32x4.splat(0.001);
  const r = f32x4.splat(rate), e = f32x4.splat(epsilon), keep = f32x4.splat(kept), s = f32x4.splat(share), add = f32x4.splat(penalty);
  const leastSquare = f32x4.splat(1e-36);
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const value = v128.load(p + i);
    let gradient = f32x4.mul(v128.load(g + i), s);
    gradient = flushed(penalty != 0 ? f32x4.add(gradient, f32x4.mul(add, value)) : gradient);
    const first = flushed(f32x4.add(f32x4.mul(v128.load(m + i), b1), f32x4.mul(gradient, c1)));
    let second = f32x4.add(f32x4.mul(v128.load(v + i), b2), f32x4.mul(f32x4.mul(gradient, gradient), c2));
    second = v128.andnot(second, f32x4.lt(second, leastSquare));
    v128.store(m + i, first);
    v128.store(v + i, second);
    v128.store(p + i, f32x4.sub(f32x4.mul(value, keep), f32x4.div(f32x4.mul(r, first), f32x4.add(f32x4.sqrt(second), e))));
  }
}

/** m ← momentum · m + gradient + penalty · p; p ← p − rate · m (as PyTorch's SGD). */
export function sgdStep(p: usize, g: usize, m: usize, count: i32, rate: f32, momentum: f32, penalty: f32, share: f32): void {
  const r = f32x4.splat(rate), u = f32x4.splat(momentum), s = f32x4.splat(share), add = f32x4.splat(penalty);
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const value = v128.load(p + i);
    const gradient = f32x4.add(f32x4.mul(v128.load(g + i), s), f32x4.mul(add, value));
    const first = flushed(f32x4.add(f32x4.mul(v128.load(m + i), u), gradient));
    v128.store(m + i, first);
    v128.store(p + i, f32x4.sub(value, f32x4.mul(r, first)));
  }
}

/** Σ g², in float64. */
export function squares(g: usize, count: i32): f64 {
  let low = f64x2.splat(0), high = f64x2.splat(0);
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const v = v128.load(g + i);
    const a = f64x2.promote_low_f32x4(v), b = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
