// Rows as the kernels `neighbours` and `cluster` take them: centred, scaled and interleaved by eight, so that a SIMD register holds one feature of
// four rows. Driven by workers/kernels/panels.ts; both kernels export these functions.

/** Adds up each feature (f64) and finds its least and largest value (f32) over all rows. The caller begins with 0 and ±infinity. */
export function survey(rows: usize, total: i32, features: i32, sums: usize, lows: usize, highs: usize): void {
  const fours = features & ~3;
  let x = rows;
  for (let i: i32 = 0; i < total; i++) {
    let f: i32 = 0;
    for (; f < fours; f += 4) {
      const at = <usize>f << 2;
      const v = v128.load(x);
      v128.store(lows + at, f32x4.pmin(v128.load(lows + at), v));
      v128.store(highs + at, f32x4.pmax(v128.load(highs + at), v));
      const sum = sums + (at << 1);
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(v)));
      v128.store(sum, f64x2.add(v128.load(sum, 16), f64x2.promote_low_f32x4(v128.shuffle<u64>(v, v, 1, 0))), 16);
      x += 16;
    }
    for (; f < features; f++) {
      const at = <usize>f << 2;
      const v = load<f32>(x);
      if (v < load<f32>(lows + at)) store<f32>(lows + at, v);
      if (v > load<f32>(highs + at)) store<f32>(highs + at, v);
      store<f64>(sums + (at << 1), load<f64>(sums + (at << 1)) + <f64>v);
      x += 4;
    }
  }
}

/** Writes (x − centre) · factor of the rows, rounded once, to panels, and the square of each row's length to `norms` (f64), as written. */
export function pack(rows: usize, total: i32, features: i32, centre: usize, factor: f64, panels: usize, norms: usize): void {
  let x = rows;
  for (let i: i32 = 0; i < total; i++) {
    let to = panels + <usize>(i >> 3) * (<usize>features << 5) + (<usize>(i & 7) << 2);
    let c = centre;
    let norm: f64 = 0;
    for (let f: i32 = 0; f < features; f++) {
      const value = <f32>((<f64>load<f32>(x) - load<f64>(c)) * factor);
      store<f32>(to, value);
      norm += <f64>value * <f64>value;
      x += 4;
      c += 8;
      to += 32;
    }
    store<f64>(norms + (<usize>i << 3), norm);
  }
}
