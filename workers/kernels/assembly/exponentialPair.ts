// Exponential and logarithm of two doubles at once, lane for lane the same bits as exp64 and log64 of ./exponential within the ranges said.

/** e^x in both lanes for x ≤ 0, as losses need it; 0 below −708.39. NaN stays. */
export function exp64x2(x: v128): v128 {
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.44269504088896338700)));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1))), f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)));
  let p = f64x2.splat(1.6059043836821613e-10);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.08767569878681e-9));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.505210838544172e-8));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.755731922398589e-7));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.7557319223985893e-6));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.48015873015873e-5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.984126984126984e-4));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.388888888888889e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(8.333333333333333e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(4.1666666666666664e-2));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.6666666666666666e-1));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(f64x2.add(f64x2.mul(f64x2.mul(p, r), r), r), f64x2.splat(1));
  const exponent = i64x2.shl(i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k)), i64x2.splat(1023)), 52);
  const tooSmall = f64x2.lt(x, f64x2.splat(-708.396418532264));
  return v128.andnot(f64x2.mul(p, exponent), tooSmall);
}

/** ln x in both lanes for finite x ≥ 2^-1022. NaN stays. */
export function log64x2(x: v128): v128 {
  // The exponent as a double without a conversion: its bits under those of 2^52.
  const biased = v128.or(i64x2.shr_u(x, 52), i64x2.splat(0x4330000000000000));
  let k = f64x2.sub(f64x2.sub(biased, f64x2.splat(4503599627370496)), f64x2.splat(1023));
  let m = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
  const large = f64x2.gt(m, f64x2.splat(1.4142135623730951));
  m = v128.bitselect(f64x2.mul(m, f64x2.splat(0.5)), m, large);
  k = v128.bitselect(f64x2.add(k, f64x2.splat(1)), k, large);
  const f = f64x2.sub(m, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  let q = f64x2.splat(1.479819860511658591e-1);
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(1.531383769920937332e-1));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(1.818357216161805012e-1));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(2.222219843214978396e-1));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(2.857142874366239149e-1));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(3.999999999940941908e-1));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(6.666666666666735130e-1));
  const r = f64x2.mul(q, z);
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const low = f64x2.add(f64x2.mul(s, f64x2.add(half, r)), f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)));
  const value = f64x2.sub(f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1)), f64x2.sub(f64x2.sub(half, low), f));
  // A NaN's bits went astray above.
  return v128.bitselect(value, x, f64x2.eq(x, x));
}
