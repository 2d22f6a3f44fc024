/** @file Eigenvalues and eigenvectors of a symmetric matrix in float64: Householder's reduction, then QL with implicit shifts. */

type Breathe = () => Promise<void> | undefined;

export interface Eigen {
  /** From the largest on. */
  readonly values: Float64Array;
  /** One a row, in the order of the values, each of length 1. */
  readonly vectors: Float64Array;
}

/** √(a² + b²) without overflow, the same bits everywhere. */
function length(a: number, b: number): number {
  const [large, small] = Math.abs(a) > Math.abs(b) ? [Math.abs(a), Math.abs(b)] : [Math.abs(b), Math.abs(a)];
  if (large === 0) return 0;
  const ratio = small / large;
  return large * Math.sqrt(1 + ratio * ratio);
}

/**
 * EISPACK's `tred2` and `tql2` (Martin, Reinsch and Wilkinson 1968; Bowdler et al. 1968).
 * @param lower n × n, row-major; its lower triangle is read.
 * @throws RangeError when a number is not finite
 */
export async function symmetricEigen(lower: Float64Array, n: number, breathe: Breathe = () => undefined): Promise<Eigen> {
  // v[i][j] is v[i·n + j]; columns become the vectors.
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) v[i * n + j] = v[j * n + i] = lower[i * n + j]!;
  if (!v.every(Number.isFinite)) throw new RangeError('a matrix with numbers that are not finite has no eigenvectors');
  const d = v.slice((n - 1) * n);
  const e = new Float64Array(n);
  await tridiagonal(v, d, e, n, breathe);
  await diagonal(v, d, e, n, breathe);
  const order = Array.from(d.keys()).sort((a, b) => d[b]! - d[a]! || a - b);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) vectors[to * n + i] = v[i * n + from]!;
  });
  return { values: Float64Array.from(order, (from) => d[from]!), vectors };
}

async function tridiagonal(v: Float64Array, d: Float64Array, e: Float64Array, n: number, breathe: Breathe): Promise<void> {
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    let h = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]!);
    if (scale === 0) {
      e[i] = d[i - 1]!;
      for (let j = 0; j < i; j++) {
        d[j] = v[(i - 1) * n + j]!;
        v[i * n + j] = 0;
        v[j * n + i] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k]! /= scale;
        h += d[k]! * d[k]!;
      }
      let f = d[i - 1]!;
      let g = Math.sqrt(h);
      if (f > 0) g = -g;
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      e.fill(0, 0, i);
      for (let j = 0; j < i; j++) {
        f = d[j]!;
        v[j * n + i] = f;
        g = e[j]! + v[j * n + j]! * f;
        for (let k = j + 1; k <= i - 1; k++) {
          g += v[k * n + j]! * d[k]!;
          e[k]! += v[k * n + j]! * f;
        }
        e[j] = g;
      }
      f = 0;
      for (let j = 0; j < i; j++) {
        e[j]! /= h;
        f += e[j]! * d[j]!;
      }
      const hh = f / (h + h);
      for (let j = 0; j < i; j++) e[j]! -= hh * d[j]!;
      for (let j = 0; j < i; j++) {
        f = d[j]!;
        g = e[j]!;
        for (let k = j; k <= i - 1; k++) v[k * n + j]! -= f * e[k]! + g * d[k]!;
        d[j] = v[(i - 1) * n + j]!;
        v[i * n + j] = 0;
      }
    }
    d[i] = h;
    await breathe();
  }
  for (let i = 0; i < n - 1; i++) {
    v[(n - 1) * n + i] = v[i * n + i]!;
    v[i * n + i] = 1;
    const h = d[i + 1]!;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[k * n + i + 1]! / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[k * n + i + 1]! * v[k * n + j]!;
        for (let k = 0; k <= i; k++) v[k * n + j]! -= g * d[k]!;
      }
    }
    for (let k = 0; k <= i; k++) v[k * n + i + 1] = 0;
    await breathe();
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[(n - 1) * n + j]!;
    v[(n - 1) * n + j] = 0;
  }
  v[n * n - 1] = 1;
  e[0] = 0;
}

async function diagonal(v: Float64Array, d: Float64Array, e: Float64Array, n: number, breathe: Breathe): Promise<void> {
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  let f = 0;
  let largest = 0;
  const epsilon = 2 ** -52;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]!) + Math.abs(e[l]!));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]!) > epsilon * largest) m++;
    while (m > l) {
      let g = d[l]!;
      let p = (d[l + 1]! - g) / (2 * e[l]!);
      let r = length(p, 1);
      if (p < 0) r = -r;
      d[l] = e[l]! / (p + r);
      d[l + 1] = e[l]! * (p + r);
      const next = d[l + 1]!;
      let h = g - d[l]!;
      for (let i = l + 2; i < n; i++) d[i]! -= h;
      f += h;
      p = d[m]!;
      let [c, c2, c3] = [1, 1, 1];
      const el1 = e[l + 1]!;
      let [s, s2] = [0, 0];
      for (let i = m - 1; i >= l; i--) {
        c3 = c2;
        c2 = c;
        s2 = s;
        g = c * e[i]!;
        h = c * p;
        r = length(p, e[i]!);
        e[i + 1] = s * r;
        s = e[i]! / r;
        c = p / r;
        p = c * d[i]! - s * g;
        d[i + 1] = h + s * (c * g + s * d[i]!);
        for (let k = 0; k < n; k++) {
          const at = k * n + i;
          h = v[at + 1]!;
          v[at + 1] = s * v[at]! + c * h;
          v[at] = c * v[at]! - s * h;
        }
      }
      p = (-s * s2 * c3 * el1 * e[l]!) / next;
      e[l] = s * p;
      d[l] = c * p;
      await breathe();
      if (!(Math.abs(e[l]!) > epsilon * largest)) break;
    }
    d[l]! += f;
    e[l] = 0;
  }
}
