// Exponential, tanh and their kin on four float32 at a time, from additions, multiplications and divisions alone. Polynomials of Cephes
// (Moshier 1989), within about 2 units of the last place. The network's twin takes the float64 ones of src/domain/exactMath.ts.

/** e^x: 0 below −87.3, e^88.3 above 88.3; NaN stays. */
export function exp4(given: v128): v128 {
  const x = f32x4.min(f32x4.max(given, f32x4.splat(-87.3)), f32x4.splat(88.3));
  const k = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  // ln 2 in two parts, the first short enough that its product with k is exact.
  const r = f32x4.add(f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375))), f32x4.mul(k, f32x4.splat(2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(given, f32x4.splat(-87.3)));
}

/** ln y for 1 ≤ y ≤ 2. */
export function log4(y: v128): v128 {
  const half = f32x4.gt(y, f32x4.splat(1.41421356));
  const f = f32x4.sub(v128.bitselect(f32x4.mul(y, f32x4.splat(0.5)), y, half), f32x4.splat(1));
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(3.3333331174e-1));
  const square = f32x4.mul(f, f);
  const series = f32x4.add(f32x4.sub(f32x4.mul(f32x4.mul(p, square), f), f32x4.mul(square, f32x4.splat(0.5))), f);
  return f32x4.add(series, v128.and(half, f32x4.splat(0.693147180559945)));
}

/** 1 / (1 + e^−x). */
export function sigmoid4(x: v128): v128 {
  // e^−|x| never overflows, and both tails keep their digits.
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  return f32x4.div(v128.bitselect(e, f32x4.splat(1), f32x4.lt(x, f32x4.splat(0))), f32x4.add(f32x4.splat(1), e));
}

export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-3.33332819422e-1));
  const near = f32x4.add(x, f32x4.mul(f32x4.mul(p, z), x));
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(exp4(f32x4.add(size, size)), f32x4.splat(1))));
  const signed = v128.or(far, v128.and(x, i32x4.splat(<i32>0x80000000)));
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

/** 2 √(2/π) and the weight of the cube, of the tanh form of GELU. */
const slope: f32 = 1.5957691216057308;
const cubic: f32 = 0.044715;

/** The share of x that GELU lets through, σ(√(8/π) (x + 0.044715 x³)) (Hendrycks and Gimpel 2016). */
export function geluShare4(x: v128): v128 {
  return sigmoid4(f32x4.mul(f32x4.splat(slope), f32x4.add(x, f32x4.mul(f32x4.mul(f32x4.mul(f32x4.splat(cubic), x), x), x))));
}

/** GELU's slope, from x and the share σ that it lets through: σ + x σ (1 − σ) √(8/π) (1 + 3 · 0.044715 x²). */
export function geluSlope4(x: v128, share: v128): v128 {
  const inner = f32x4.mul(f32x4.splat(slope), f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.splat(3 * cubic), f32x4.mul(x, x))));
  return f32x4.add(share, f32x4.mul(f32x4.mul(x, f32x4.mul(share, f32x4.sub(f32x4.splat(1), share))), inner));
}
