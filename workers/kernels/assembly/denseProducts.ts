// Matrix products of the dense network. Weights lie in panels: eight columns (four in the last panel, where the columns are no multiple of
// eight) of all rows, then the next eight, so that a product reads them one after another. Column counts and inner sizes are multiples of 4.
// Each number of a product is summed in the order of the inner index, whatever the number of rows: a row gets the same bits alone and in company.

/** What happens to a finished tile. */
export const epilogueNone: i32 = 0;
/** The greater of it and 0. */
export const epilogueRelu: i32 = 1;
/** Kept, times `kept`, where the gate is above 0; else 0: the gradient of ReLU and dropout. */
export const epilogueGate: i32 = 2;

function mulAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

function put(at: usize, sum: v128, epilogue: i32, gate: usize, kept: v128): void {
  if (epilogue == epilogueRelu) sum = f32x4.max(sum, f32x4.splat(0));
  else if (epilogue == epilogueGate) sum = v128.and(f32x4.mul(sum, kept), f32x4.gt(v128.load(gate), f32x4.splat(0)));
  v128.store(at, sum);
}

/**
 * c[rows, columns] = a[rows, inner] · w + start.
 * @param start 0, or an address: of a row of biases (startStride 0), or of a matrix as large as c (startStride = columns × 4)
 * @param gate as large as c; read under `epilogueGate` only
 */
export function product(a: usize, w: usize, c: usize, rows: i32, inner: i32, columns: i32, start: usize, startStride: usize, epilogue: i32, gate: usize, kept: f32): void {
  const aStride = <usize>inner << 2;
  const cStride = <usize>columns << 2;
  const keep = f32x4.splat(kept);
  const zero = f32x4.splat(0);
  let n: i32 = 0;
  for (; n + 8 <= columns; n += 8) {
    const at = <usize>n << 2;
    const panel = w + at * <usize>inner;
    let m: i32 = 0;
    for (; m + 4 <= rows; m += 4) {
      let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
      if (start) {
        let s = start + at + <usize>m * startStride;
        c00 = v128.load(s); c01 = v128.load(s, 16); s += startStride;
        c10 = v128.load(s); c11 = v128.load(s, 16); s += startStride;
        c20 = v128.load(s); c21 = v128.load(s, 16); s += startStride;
        c30 = v128.load(s); c31 = v128.load(s, 16);
      }
      let p = panel;
      let a0 = a + <usize>m * aStride;
      const a1 = aStride, a2 = aStride * 2, a3 = aStride * 3;
      const end = a0 + aStride;
      while (a0 < end) {
        const b0 = v128.load(p), b1 = v128.load(p, 16);
        let v = v128.load32_splat(a0);
        c00 = mulAdd(c00, v, b0); c01 = mulAdd(c01, v, b1);
        v = v128.load32_splat(a0 + a1);
        c10 = mulAdd(c10, v, b0); c11 = mulAdd(c11, v, b1);
        v = v128.load32_splat(a0 + a2);
        c20 = mulAdd(c20, v, b0); c21 = mulAdd(c21, v, b1);
        v = v128.load32_splat(a0 + a3);
        c30 = mulAdd(c30, v, b0); c31 = mulAdd(c31, v, b1);
        p += 32;
        a0 += 4;
      }
      let to = c + at + <usize>m * cStride;
      let g = gate + at + <usize>m * cStride;
      put(to, c00, epilogue, g, keep); put(to + 16, c01, epilogue, g + 16, keep); to += cStride; g += cStride;
      put(to, c10, epilogue, g, keep); put(to + 16, c11, epilogue, g + 16, keep); to += cStride; g += cStride;
      put(to, c20, epilogue, g, keep); put(to + 16, c21, epilogue, g + 16, keep); to += cStride; g += cStride;
      put(to, c30, epilogue, g, keep); put(to + 16, c31, epilogue, g + 16, keep);
    }
    for (; m < rows; m++) {
      let c0 = zero, c1 = zero;
      if (start) {
        const s = start + at + <usize>m * startStride;
        c0 = v128.load(s); c1 = v128.load(s, 16);
      }
      let p = panel;
      let a0 = a + <usize>m * aStride;
      const end = a0 + aStride;
      while (a0 < end) {
        const v = v128.load32_splat(a0);
        c0 = mulAdd(c0, v, v128.load(p)); c1 = mulAdd(c1, v, v128.load(p, 16));
        p += 32;
        a0 += 4;
      }
      const to = at + <usize>m * cStride;
      put(c + to, c0, epilogue, gate + to, keep); put(c + to + 16, c1, epilogue, gate + to + 16, keep);
    }
  }
  if (n < columns) {
    const at = <usize>n << 2;
    const panel = w + at * <usize>inner;
    for (let m: i32 = 0; m < rows; m++) {
      let c0 = start ? v128.load(start + at + <usize>m * startStride) : zero;
      let p = panel;
      let a0 = a + <usize>m * aStride;
      const end = a0 + aStride;
      while (a0 < end) {
        c0 = mulAdd(c0, v128.load32_splat(a0), v128.load(p));
        p += 16;
        a0 += 4;
      }
      const to = at + <usize>m * cStride;
      put(c + to, c0, epilogue, gate + to, keep);
    }
  }
}

/** Gradient of the weights, in panels: g = aᵀ[inner, rows] · d[rows, columns], added to what is there unless `fresh`. */
export function gradient(a: usize, d: usize, g: usize, rows: i32, inner: i32, columns: i32, fresh: bool): void {
  const aStride = <usize>inner << 2;
  const dStride = <usize>columns << 2;
  const zero = f32x4.splat(0);
  let n: i32 = 0;
  for (; n + 8 <= columns; n += 8) {
    const panel = g + (<usize>n << 2) * <usize>inner;
    for (let k: i32 = 0; k < inner; k += 4) {
      const to = panel + (<usize>k << 5);
      let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
      if (!fresh) {
        c00 = v128.load(to); c01 = v128.load(to, 16); c10 = v128.load(to, 32); c11 = v128.load(to, 48);
        c20 = v128.load(to, 64); c21 = v128.load(to, 80); c30 = v128.load(to, 96); c31 = v128.load(to, 112);
      }
      let dp = d + (<usize>n << 2);
      let ap = a + (<usize>k << 2);
      for (let m: i32 = 0; m < rows; m++) {
        const b0 = v128.load(dp), b1 = v128.load(dp, 16);
        let v = v128.load32_splat(ap);
        c00 = mulAdd(c00, v, b0); c01 = mulAdd(c01, v, b1);
        v = v128.load32_splat(ap, 4);
        c10 = mulAdd(c10, v, b0); c11 = mulAdd(c11, v, b1);
        v = v128.load32_splat(ap, 8);
        c20 = mulAdd(c20, v, b0); c21 = mulAdd(c21, v, b1);
        v = v128.load32_splat(ap, 12);
        c30 = mulAdd(c30, v, b0); c31 = mulAdd(c31, v, b1);
        dp += dStride;
        ap += aStride;
      }
      v128.store(to, c00); v128.store(to, c01, 16); v128.store(to, c10, 32); v128.store(to, c11, 48);
      v128.store(to, c20, 64); v128.store(to, c21, 80); v128.store(to, c30, 96); v128.store(to, c31, 112);
    }
  }
  if (n < columns) {
    const panel = g + (<usize>n << 2) * <usize>inner;
    for (let k: i32 = 0; k < inner; k += 4) {
      const to = panel + (<usize>k << 4);
      let c0 = zero, c1 = zero, c2 = zero, c3 = zero;
      if (!fresh) {
        c0 = v128.load(to); c1 = v128.load(to, 16); c2 = v128.load(to, 32); c3 = v128.load(to, 48);
      }
      let dp = d + (<usize>n << 2);
      let ap = a + (<usize>k << 2);
      for (let m: i32 = 0; m < rows; m++) {
        const b = v128.load(dp);
        c0 = mulAdd(c0, v128.load32_splat(ap), b);
        c1 = mulAdd(c1, v128.load32_splat(ap, 4), b);
        c2 = mulAdd(c2, v128.load32_splat(ap, 8), b);
        c3 = mulAdd(c3, v128.load32_splat(ap, 12), b);
        dp += dStride;
        ap += aStride;
      }
      v128.store(to, c0); v128.store(to, c1, 16); v128.store(to, c2, 32); v128.store(to, c3, 48);
    }
  }
}

/** Gradient of the biases: the sums of the columns of d[rows, columns], added to what is there unless `fresh`. */
export function columnSums(d: usize, g: usize, rows: i32, columns: i32, fresh: bool): void {
  const stride = <usize>columns << 2;
  for (let n: usize = 0; n < stride; n += 16) {
    let sum = fresh ? f32x4.splat(0) : v128.load(g + n);
    let p = d + n;
    for (let m: i32 = 0; m < rows; m++) {
      sum = f32x4.add(sum, v128.load(p));
      p += stride;
    }
    v128.store(g + n, sum);
  }
}

function at8(panels: usize, row: i32, column: i32, rows: i32, columns: i32): usize {
  const n = column & ~7;
  const width = columns - n < 8 ? 4 : 8;
  return panels + ((<usize>(n * rows) + <usize>(row * width) + <usize>(column - n)) << 2);
}

/** Panels of wᵀ[columns, rows] from panels of w[rows, columns], in blocks of 4 × 4. */
export function transposed(w: usize, t: usize, rows: i32, columns: i32): void {
  for (let n: i32 = 0; n < columns; n += 4) {
    const step: usize = columns - (n & ~7) < 8 ? 16 : 32;
    for (let k: i32 = 0; k < rows; k += 4) {
      const from = at8(w, k, n, rows, columns);
      const r0 = v128.load(from), r1 = v128.load(from + step), r2 = v128.load(from + 2 * step), r3 = v128.load(from + 3 * step);
      const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), b = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const c = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      const to = at8(t, n, k, columns, rows);
      const wide: usize = rows - (k & ~7) < 8 ? 16 : 32;
      v128.store(to, v128.shuffle<f32>(a, c, 0, 1, 4, 5));
      v128.store(to + wide, v128.shuffle<f32>(a, c, 2, 3, 6, 7));
      v128.store(to + 2 * wide, v128.shuffle<f32>(b, d, 0, 1, 4, 5));
      v128.store(to + 3 * wide, v128.shuffle<f32>(b, d, 2, 3, 6, 7));
    }
  }
}
