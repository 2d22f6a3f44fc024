// Exponential and logarithm in double and single precision from additions and multiplications alone, so that every machine gets the same bits.
// The TypeScript twin is src/domain/exactMath.ts and gives the same bits in double precision.

// ln 2 in two parts: the first has 32 trailing zeros, so that k·high is exact for |k| < 2^11 (Cody and Waite 1980).
const ln2High: f64 = 6.93147180369123816490e-1;
const ln2Low: f64 = 1.90821492927058770002e-10;
const log2e: f64 = 1.44269504088896338700;

/** 2^k for −1022 ≤ k ≤ 1023. */
function power2(k: i32): f64 {
  return reinterpret<f64>(<u64>(k + 1023) << 52);
}

/** e^x, within 1 ulp; 0 below −708.39 (no subnormal results), infinity above 709.78. NaN stays. */
export function exp64(x: f64): f64 {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -708.396418532264) return 0;
  const k = <i32>nearest<f64>(x * log2e);
  const high = x - <f64>k * ln2High;
  const r = high - <f64>k * ln2Low;
  // Taylor series to degree 13 on |r| ≤ ln2/2: the remainder is below 2^-56.
  let p: f64 = 1.6059043836821613e-10;
  p = p * r + 2.08767569878681e-9;
  p = p * r + 2.505210838544172e-8;
  p = p * r + 2.755731922398589e-7;
  p = p * r + 2.7557319223985893e-6;
  p = p * r + 2.48015873015873e-5;
  p = p * r + 1.984126984126984e-4;
  p = p * r + 1.388888888888889e-3;
  p = p * r + 8.333333333333333e-3;
  p = p * r + 4.1666666666666664e-2;
  p = p * r + 1.6666666666666666e-1;
  p = p * r + 0.5;
  p = p * r * r + r + 1;
  // Two steps, since 2^1024 is no number.
  return k > 1000 ? p * power2(k - 1000) * power2(1000) : p * power2(k);
}

/** ln x, within 1 ulp; NaN below 0, −infinity at 0. */
export function log64(x: f64): f64 {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k: i32 = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984.0; // 2^54: out of the subnormals
    k = -54;
  }
  const bits = reinterpret<u64>(x);
  k += <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    k++;
  }
  // ln m = 2 artanh(s) with s = f / (2 + f), f = m − 1; written as f − s·(f − R) to keep the leading digits (as fdlibm does).
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let q: f64 = 1.479819860511658591e-1;
  q = q * z + 1.531383769920937332e-1;
  q = q * z + 1.818357216161805012e-1;
  q = q * z + 2.222219843214978396e-1;
  q = q * z + 2.857142874366239149e-1;
  q = q * z + 3.999999999940941908e-1;
  q = q * z + 6.666666666666735130e-1;
  const r = q * z;
  const half = 0.5 * f * f;
  const high = <f64>k * ln2High;
  return high - (half - (s * (half + r) + <f64>k * ln2Low) - f);
}
