/** @file Two-sided tail probabilities of Student's t and the normal, the same bits on every machine. Not for the app's other tests. */

import { exp64, log64 } from '../../../src/domain/exactMath';

const tiny = 1e-300;

/** ln Γ(x) for x > 0: Stirling's series, after Γ(x) = Γ(x + n) / (x (x + 1) … ) has brought it to 10 and above. */
export function logGamma(x: number): number {
  let product = 1;
  let at = x;
  while (at < 10) product *= at++;
  const inverse = 1 / at;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return (at - 0.5) * log64(at) - at + 0.9189385332046728 + series - log64(product);
}

/** I_x(a, b), the regularised incomplete beta function, by its continued fraction (modified Lentz; Numerical Recipes, 6.4). */
function incompleteBeta(a: number, b: number, x: number, complement: number): number {
  if (!(x > 0)) return 0;
  if (!(complement > 0)) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, complement, x);
  const front = exp64(a * log64(x) + b * log64(complement) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a;
  const guarded = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

/** P(|T| ≥ |t|) for Student's t with this many degrees of freedom, above 0. */
export function studentTail(t: number, freedom: number): number {
  const square = t * t;
  if (square === Infinity) return 0;
  return incompleteBeta(freedom / 2, 0.5, freedom / (freedom + square), square / (freedom + square));
}

/** P(|Z| ≥ |z|) for the standard normal: erfc(|z| / √2), by its series for small and its continued fraction for large |z|. */
export function normalTail(z: number): number {
  const x = Math.abs(z);
  if (x !== x) return x;
  const half = (x * x) / 2;
  if (half > 708) return 0;
  const density = 0.7978845608028654 * exp64(-half);
  if (x < 2) {
    // 1 − √(2/π) e^(−z²/2) (z + z³/3 + z⁵/(3·5) + …)
    let term = x;
    let sum = x;
    for (let n = 3; term > 1e-17 * sum; n += 2) sum += term *= (x * x) / n;
    return 1 - density * sum;
  }
  // √(2/π) e^(−z²/2) / (z + 1/(z + 2/(z + 3/(z + …)))), from the inside out.
  let fraction = x;
  for (let n = 200; n >= 1; n--) fraction = x + n / fraction;
  return density / fraction;
}
