/**
 * @file Exponential, logarithm and what is made of them, from additions and multiplications alone: the same bits in every browser, where
 * Math.exp and Math.log may differ in the last digit. The twin of `workers/kernels/assembly/exponential.ts`, bit for bit.
 */

const ln2High = 6.93147180369123816490e-1;
const ln2Low = 1.90821492927058770002e-10;
const log2e = 1.442695040888963387;

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);
/** Which of the two words holds the exponent. */
const upper = ((): number => {
  double[0] = 1;
  return halves[1] === 0 ? 0 : 1;
})();

/** 2^k for −1022 ≤ k ≤ 1023. */
function power2(k: number): number {
  halves[1 - upper] = 0;
  halves[upper] = (k + 1023) << 20;
  return double[0]!;
}

/** To the nearest whole number, halves to even. */
function nearest(x: number): number {
  const shift = 6755399441055744; // 1.5 × 2^52
  return x + shift - shift;
}

/** e^x, within 1 ulp; 0 below −708.39 (no subnormal results), infinity above 709.78. NaN stays. */
export function exp64(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -708.396418532264) return 0;
  const k = nearest(x * log2e);
  const r = x - k * ln2High - k * ln2Low;
  let p = 1.6059043836821613e-10;
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
  return k > 1000 ? p * power2(k - 1000) * power2(1000) : p * power2(k);
}

/** ln x, within 1 ulp; NaN below 0, −infinity at 0. */
export function log64(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    k = -54;
  }
  double[0] = x;
  k += (halves[upper]! >>> 20) - 1023;
  halves[upper] = (halves[upper]! & 0x000fffff) | 0x3ff00000;
  let m = double[0]!;
  if (m > 1.4142135623730951) {
    m *= 0.5;
    k++;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let q = 1.479819860511658591e-1;
  q = q * z + 1.531383769920937332e-1;
  q = q * z + 1.818357216161805012e-1;
  q = q * z + 2.222219843214978396e-1;
  q = q * z + 2.857142874366239149e-1;
  q = q * z + 3.999999999940941908e-1;
  q = q * z + 6.66666666666673513e-1;
  const r = q * z;
  const half = 0.5 * f * f;
  return k * ln2High - (half - (s * (half + r) + k * ln2Low) - f);
}
