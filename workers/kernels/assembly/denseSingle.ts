// Products of a layer with one output, which most networks end with: its weights are a plain row, and nothing is padded to a panel.

function mulAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** c[rows] = a[rows, inner] · w[inner] + bias. The sums of a row are the same alone and in company. */
export function singleProduct(a: usize, w: usize, bias: f32, c: usize, rows: i32, inner: i32): void {
  const stride = <usize>inner << 2;
  let m: i32 = 0;
  for (; m + 4 <= rows; m += 4) {
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    let p = a + <usize>m * stride;
    for (let k: usize = 0; k < stride; k += 16) {
      const v = v128.load(w + k);
      s0 = mulAdd(s0, v128.load(p), v);
      s1 = mulAdd(s1, v128.load(p + stride), v);
      s2 = mulAdd(s2, v128.load(p + 2 * stride), v);
      s3 = mulAdd(s3, v128.load(p + 3 * stride), v);
      p += 16;
    }
    // Of each row (lane 0 + lane 2) + (lane 1 + lane 3), as below.
    const s01 = f32x4.add(v128.shuffle<f32>(s0, s1, 0, 4, 1, 5), v128.shuffle<f32>(s0, s1, 2, 6, 3, 7));
    const s23 = f32x4.add(v128.shuffle<f32>(s2, s3, 0, 4, 1, 5), v128.shuffle<f32>(s2, s3, 2, 6, 3, 7));
    const sums = f32x4.add(v128.shuffle<f32>(s01, s23, 0, 1, 4, 5), v128.shuffle<f32>(s01, s23, 2, 3, 6, 7));
    v128.store(c + (<usize>m << 2), f32x4.add(sums, f32x4.splat(bias)));
  }
  for (; m < rows; m++) {
    let s = f32x4.splat(0);
    const p = a + <usize>m * stride;
    for (let k: usize = 0; k < stride; k += 16) s = mulAdd(s, v128.load(p + k), v128.load(w + k));
    const sum = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 2) + (f32x4.extract_lane(s, 1) + f32x4.extract_lane(s, 3));
    store<f32>(c + (<usize>m << 2), sum + bias);
  }
}

/** g[inner] = Σ rows d[row] · a[row], added to what is there unless `fresh`. */
export function singleGradient(a: usize, d: usize, g: usize, rows: i32, inner: i32, fresh: bool): void {
  const stride = <usize>inner << 2;
  let k: usize = 0;
  for (; k + 64 <= stride; k += 64) {
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    if (!fresh) {
      s0 = v128.load(g + k); s1 = v128.load(g + k, 16); s2 = v128.load(g + k, 32); s3 = v128.load(g + k, 48);
    }
    let p = a + k;
    for (let m: i32 = 0; m < rows; m++) {
      const v = v128.load32_splat(d + (<usize>m << 2));
      s0 = mulAdd(s0, v, v128.load(p)); s1 = mulAdd(s1, v, v128.load(p, 16)); s2 = mulAdd(s2, v, v128.load(p, 32)); s3 = mulAdd(s3, v, v128.load(p, 48));
      p += stride;
    }
    v128.store(g + k, s0); v128.store(g + k, s1, 16); v128.store(g + k, s2, 32); v128.store(g + k, s3, 48);
  }
  for (; k < stride; k += 16) {
    let s = fresh ? f32x4.splat(0) : v128.load(g + k);
    let p = a + k;
    for (let m: i32 = 0; m < rows; m++) {
      s = mulAdd(s, v128.load32_splat(d + (<usize>m << 2)), v128.load(p));
      p += stride;
    }
    v128.store(g + k, s);
  }
}

/** c[rows, inner] = d[rows] · w[inner], kept (times `kept`) where the gate is above 0; a gate of 0 keeps all. */
export function singleBack(d: usize, w: usize, c: usize, rows: i32, inner: i32, gate: usize, kept: f32): void {
  const stride = <usize>inner << 2;
  const zero = f32x4.splat(0);
  for (let m: i32 = 0; m < rows; m++) {
    const v = f32x4.splat(load<f32>(d + (<usize>m << 2)) * (gate ? kept : <f32>1));
    const row = <usize>m * stride;
    if (gate) for (let k: usize = 0; k < stride; k += 16) v128.store(c + row + k, v128.and(f32x4.mul(v, v128.load(w + k)), f32x4.gt(v128.load(gate + row + k), zero)));
    else for (let k: usize = 0; k < stride; k += 16) v128.store(c + row + k, f32x4.mul(v, v128.load(w + k)));
  }
}

/** Σ d[rows], added to the number at g unless `fresh`. */
export function singleSum(d: usize, g: usize, rows: i32, fresh: bool): void {
  let sum: f32 = fresh ? 0 : load<f32>(g);
  for (let m: i32 = 0; m < rows; m++) sum += load<f32>(d + (<usize>m << 2));
  store<f32>(g, sum);
}
