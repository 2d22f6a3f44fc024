// k-means and covariances, with the bits of the twins in workers/unsupervised. k-means: ½‖c‖² − xc of eight rows and four centres at a time in
// single precision; where the two nearest centres are closer than its rounding, the row is compared again in double precision, as the twin does.

export { pack, survey } from './panels';

let features: i32 = 0;
let total: i32 = 0;
/** Rows in panels of eight, centred and scaled: ⌈total / 8⌉ × features × 8, f32. */
let panels: usize = 0;
/** What rounding may make of the difference of two centres, by the row's own size: f32, eight a panel. */
let slacks: usize = 0;
/** Rows as they are, f32. */
let rows: usize = 0;
/** The centre of each row, i32; −1 for none yet. */
let labels: usize = 0;
/** 4 × 8 f32, then 8 i32. */
let work: usize = 0;

export function setRows(features_: i32, total_: i32, panels_: usize, slacks_: usize, rows_: usize, labels_: usize, work_: usize): void {
  features = features_;
  total = total_;
  panels = panels_;
  slacks = slacks_;
  rows = rows_;
  labels = labels_;
  work = work_;
}

/**
 * Gives the rows of the panels from … to − 1 their nearest centre, of equally near ones the first.
 * @param near centres as the panels are centred and scaled, f32, padded to a multiple of four. @param halves ½‖c‖² of those, f32; infinity for padding
 * @param exact centres as they are, f64, count × features. @param slack what rounding may make of a difference, by the size of the centres
 * @returns how many rows changed
 */
export function assign(near: usize, halves: usize, padded: i32, exact: usize, count: i32, slack: f32, from: i32, to: i32): i32 {
  const wide = <usize>features << 2;
  const indices = work + 128;
  let changed: i32 = 0;
  for (let p = from; p < to; p++) {
    const panel = panels + <usize>p * (wide << 3);
    let best0 = f32x4.splat(Infinity), best1 = best0, second0 = best0, second1 = best0;
    let index0 = i32x4.splat(0), index1 = index0;
    for (let c: i32 = 0; c < padded; c += 4) {
      let b = panel;
      let x = near + <usize>c * wide;
      const h = halves + (<usize>c << 2);
      let c00 = v128.load32_splat(h), c01 = c00;
      let c10 = v128.load32_splat(h, 4), c11 = c10;
      let c20 = v128.load32_splat(h, 8), c21 = c20;
      let c30 = v128.load32_splat(h, 12), c31 = c30;
      for (let f: i32 = 0; f < features; f++) {
        const b0 = v128.load(b), b1 = v128.load(b, 16);
        let v = v128.load32_splat(x);
        c00 = f32x4.sub(c00, f32x4.mul(v, b0));
        c01 = f32x4.sub(c01, f32x4.mul(v, b1));
        v = v128.load32_splat(x + wide);
        c10 = f32x4.sub(c10, f32x4.mul(v, b0));
        c11 = f32x4.sub(c11, f32x4.mul(v, b1));
        v = v128.load32_splat(x + 2 * wide);
        c20 = f32x4.sub(c20, f32x4.mul(v, b0));
        c21 = f32x4.sub(c21, f32x4.mul(v, b1));
        v = v128.load32_splat(x + 3 * wide);
        c30 = f32x4.sub(c30, f32x4.mul(v, b0));
        c31 = f32x4.sub(c31, f32x4.mul(v, b1));
        b += 32;
        x += 4;
      }
      v128.store(work, c00);
      v128.store(work, c01, 16);
      v128.store(work, c10, 32);
      v128.store(work, c11, 48);
      v128.store(work, c20, 64);
      v128.store(work, c21, 80);
      v128.store(work, c30, 96);
      v128.store(work, c31, 112);
      for (let r: i32 = 0; r < 4; r++) {
        const s0 = v128.load(work + (<usize>r << 5)), s1 = v128.load(work + (<usize>r << 5), 16);
        const own = i32x4.splat(c + r);
        index0 = v128.bitselect(own, index0, f32x4.lt(s0, best0));
        index1 = v128.bitselect(own, index1, f32x4.lt(s1, best1));
        second0 = f32x4.pmin(second0, f32x4.pmax(best0, s0));
        second1 = f32x4.pmin(second1, f32x4.pmax(best1, s1));
        best0 = f32x4.pmin(best0, s0);
        best1 = f32x4.pmin(best1, s1);
      }
    }
    const own = slacks + (<usize>p << 5);
    const sure =
      i32x4.bitmask(f32x4.gt(f32x4.sub(second0, best0), f32x4.add(v128.load(own), f32x4.splat(slack)))) |
      (i32x4.bitmask(f32x4.gt(f32x4.sub(second1, best1), f32x4.add(v128.load(own, 16), f32x4.splat(slack)))) << 4);
    const rest = min(8, total - (p << 3));
    if (sure === 255 && rest === 8) {
      const at = labels + (<usize>p << 5);
      changed += popcnt(i32x4.bitmask(i32x4.ne(index0, v128.load(at))) | (i32x4.bitmask(i32x4.ne(index1, v128.load(at, 16))) << 4));
      v128.store(at, index0);
      v128.store(at, index1, 16);
      continue;
    }
    v128.store(indices, index0);
    v128.store(indices, index1, 16);
    for (let r: i32 = 0; r < rest; r++) {
      const row = (p << 3) + r;
      const label = (sure >> r) & 1 ? load<i32>(indices + (<usize>r << 2)) : nearest(row, exact, count);
      const labelAt = labels + (<usize>row << 2);
      if (label !== load<i32>(labelAt)) {
        store<i32>(labelAt, label);
        changed++;
      }
    }
  }
  return changed;
}

function nearest(row: i32, exact: usize, count: i32): i32 {
  const start = rows + <usize>row * (<usize>features << 2);
  let label: i32 = 0;
  let least: f64 = Infinity;
  let centre = exact;
  for (let c: i32 = 0; c < count; c++) {
    let sum: f64 = 0;
    let x = start;
    for (let f: i32 = 0; f < features; f++) {
      const difference = <f64>load<f32>(x) - load<f64>(centre);
      sum += difference * difference;
      x += 4;
      centre += 8;
    }
    if (sum < least) {
      least = sum;
      label = c;
    }
  }
  return label;
}

/** Adds each row from … to − 1 to the sums of its centre (f64, centres × features) and counts it (f64, one a centre). */
export function gather(sums: usize, counts: usize, from: i32, to: i32): void {
  let row = rows + <usize>from * (<usize>features << 2);
  const pairs = features >> 1;
  for (let i = from; i < to; i++) {
    const c = <usize>load<i32>(labels + (<usize>i << 2));
    let sum = sums + c * (<usize>features << 3);
    for (let f: i32 = 0; f < pairs; f++) {
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(v128.load64_zero(row))));
      sum += 16;
      row += 8;
    }
    if (features & 1) {
      store<f64>(sum, load<f64>(sum) + <f64>load<f32>(row));
      row += 4;
    }
    store<f64>(counts + (c << 3), load<f64>(counts + (c << 3)) + 1);
  }
}

/**
 * Adds the products of all pairs of the numbers of each row from … to − 1, less their means: the lower triangle of features × padded.
 * @param means f64. @param centred f64, 4 × padded. @param sums f64
 */
export function scatter(padded: i32, means: usize, centred: usize, sums: usize, from: i32, to: i32): void {
  const wide = <usize>padded << 3;
  for (let i = from; i < to; i += 4) {
    for (let r: i32 = 0; r < 4; r++) {
      const row = rows + <usize>(i + r) * (<usize>features << 2);
      const into = centred + <usize>r * wide;
      // Rows after the last add zeros, which change no sum.
      for (let f: i32 = 0; f < features; f++) store<f64>(into + (<usize>f << 3), i + r < to ? <f64>load<f32>(row + (<usize>f << 2)) - load<f64>(means + (<usize>f << 3)) : 0);
    }
    for (let f: i32 = 0; f < features; f++) {
      const at = centred + (<usize>f << 3);
      const a = v128.load64_splat(at), b = v128.load64_splat(at + wide), c = v128.load64_splat(at + 2 * wide), d = v128.load64_splat(at + 3 * wide);
      const into = sums + <usize>f * wide;
      for (let g: i32 = 0; g <= f; g += 2) {
        const with_ = centred + (<usize>g << 3);
        const sum = into + (<usize>g << 3);
        let s = v128.load(sum);
        s = f64x2.add(s, f64x2.mul(a, v128.load(with_)));
        s = f64x2.add(s, f64x2.mul(b, v128.load(with_ + wide)));
        s = f64x2.add(s, f64x2.mul(c, v128.load(with_ + 2 * wide)));
        s = f64x2.add(s, f64x2.mul(d, v128.load(with_ + 3 * wide)));
        v128.store(sum, s);
      }
    }
  }
}
