// Exact nearest neighbours. Squared distances are first bounded from below in single precision by ½‖b‖² − ab, four queries by eight rows at a
// time; only what may be nearer than the worst of the k best is computed again in double precision, term by term as the twin does, and kept in
// a heap. So the answer has the twin's bits, and nearly all work is done in single precision. The bound is derived in workers/training/nearestNative.ts.

export { pack, survey } from './panels';

let features: i32 = 0;
let k: i32 = 0;
let total: i32 = 0;
/** Rows in panels of eight, centred and scaled: ⌈total / 8⌉ × features × 8, f32. */
let panels: usize = 0;
/** Lower bounds of ½‖b‖², f32; infinity for rows that pad the last panel. */
let norms: usize = 0;
/** Rows as they are: total × features, f32. */
let exact: usize = 0;
/** Squares of distances in the scale of the panels, over those of the rows as they are. */
let scale: f64 = 1;
/** Queries, centred and scaled, and as they are, f32. Padded to a multiple of four. */
let queries: usize = 0;
let exactQueries: usize = 0;
/** Lower bounds of ‖a‖², f64, one a query. */
let queryNorms: usize = 0;
/** Above this, ½‖b‖² − ab is too far: f32, one a query. */
let limits: usize = 0;
/** The best so far: queries × k, heaps with the worst on top. */
let squares: usize = 0;
let indices: usize = 0;
let sizes: usize = 0;

export function setRows(features_: i32, k_: i32, total_: i32, panels_: usize, norms_: usize, exact_: usize, scale_: f64): void {
  features = features_;
  k = k_;
  total = total_;
  panels = panels_;
  norms = norms_;
  exact = exact_;
  scale = scale_;
}

export function setQueries(queries_: usize, exact_: usize, norms_: usize, limits_: usize, squares_: usize, indices_: usize, sizes_: usize): void {
  queries = queries_;
  exactQueries = exact_;
  queryNorms = norms_;
  limits = limits_;
  squares = squares_;
  indices = indices_;
  sizes = sizes_;
}

/** Looks for neighbours of the first `count` queries (a multiple of four) among the panels from … to − 1. */
export function scan(count: i32, from: i32, to: i32): void {
  const wide = <usize>features << 2;
  for (let q: i32 = 0; q < count; q += 4) {
    const a = queries + <usize>q * wide;
    const limit = limits + (<usize>q << 2);
    for (let p = from; p < to; p++) {
      let b = panels + <usize>p * (wide << 3);
      let x = a;
      const n = norms + (<usize>p << 5);
      let c00 = v128.load(n), c01 = v128.load(n, 16);
      let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01;
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
      // "Not above": what overflowed to NaN is looked at closely, too.
      let t = v128.load32_splat(limit);
      c00 = f32x4.gt(c00, t);
      c01 = f32x4.gt(c01, t);
      t = v128.load32_splat(limit, 4);
      c10 = f32x4.gt(c10, t);
      c11 = f32x4.gt(c11, t);
      t = v128.load32_splat(limit, 8);
      c20 = f32x4.gt(c20, t);
      c21 = f32x4.gt(c21, t);
      t = v128.load32_splat(limit, 12);
      c30 = f32x4.gt(c30, t);
      c31 = f32x4.gt(c31, t);
      if (i32x4.all_true(v128.and(v128.and(v128.and(c00, c01), v128.and(c10, c11)), v128.and(v128.and(c20, c21), v128.and(c30, c31))))) continue;
      lookClosely(q, p << 3, i32x4.bitmask(c00) | (i32x4.bitmask(c01) << 4));
      lookClosely(q + 1, p << 3, i32x4.bitmask(c10) | (i32x4.bitmask(c11) << 4));
      lookClosely(q + 2, p << 3, i32x4.bitmask(c20) | (i32x4.bitmask(c21) << 4));
      lookClosely(q + 3, p << 3, i32x4.bitmask(c30) | (i32x4.bitmask(c31) << 4));
    }
  }
}

function lookClosely(q: i32, row: i32, far: i32): void {
  let near = far ^ 255;
  while (near !== 0) {
    const i = row + ctz(near);
    near &= near - 1;
    if (i < total) offer(q, i);
  }
}

function offer(q: i32, row: i32): void {
  let a = exactQueries + <usize>q * (<usize>features << 2);
  let b = exact + <usize>row * (<usize>features << 2);
  let sum: f64 = 0;
  for (let f: i32 = 0; f < features; f++) {
    const difference = <f64>load<f32>(a) - <f64>load<f32>(b);
    sum += difference * difference;
    a += 4;
    b += 4;
  }
  const distance = squares + <usize>q * (<usize>k << 3);
  const index = indices + <usize>q * (<usize>k << 2);
  const sizeAt = sizes + (<usize>q << 2);
  const size = load<i32>(sizeAt);
  if (size < k) {
    store<i32>(sizeAt, size + 1);
    rise(distance, index, size, sum, row);
    if (size + 1 === k) setLimit(q, load<f64>(distance));
  } else if (sum < load<f64>(distance)) {
    // Rows come in their order: one that is as far as the worst comes after it.
    sink(distance, index, k, sum, row);
    setLimit(q, load<f64>(distance));
  }
}

function setLimit(q: i32, worst: f64): void {
  const t = worst * scale - load<f64>(queryNorms + (<usize>q << 3));
  store<f32>(limits + (<usize>q << 2), <f32>(0.5 * (t + abs(t) * 2.384185791015625e-7 + 1e-30)));
}

/** Whether one neighbour is further than another, or as far and later. */
function further(d: f64, i: i32, e: f64, j: i32): bool {
  return d > e || (d === e && i > j);
}

function rise(distance: usize, index: usize, at: i32, d: f64, i: i32): void {
  while (at > 0) {
    const above = (at - 1) >> 1;
    const e = load<f64>(distance + (<usize>above << 3));
    const j = load<i32>(index + (<usize>above << 2));
    if (!further(d, i, e, j)) break;
    store<f64>(distance + (<usize>at << 3), e);
    store<i32>(index + (<usize>at << 2), j);
    at = above;
  }
  store<f64>(distance + (<usize>at << 3), d);
  store<i32>(index + (<usize>at << 2), i);
}

/** Puts a neighbour in place of the top of a heap. */
function sink(distance: usize, index: usize, size: i32, d: f64, i: i32): void {
  let at: i32 = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= size) break;
    let e = load<f64>(distance + (<usize>below << 3));
    let j = load<i32>(index + (<usize>below << 2));
    if (below + 1 < size) {
      const e2 = load<f64>(distance + (<usize>(below + 1) << 3));
      const j2 = load<i32>(index + (<usize>(below + 1) << 2));
      if (further(e2, j2, e, j)) {
        below++;
        e = e2;
        j = j2;
      }
    }
    if (!further(e, j, d, i)) break;
    store<f64>(distance + (<usize>at << 3), e);
    store<i32>(index + (<usize>at << 2), j);
    at = below;
  }
  store<f64>(distance + (<usize>at << 3), d);
  store<i32>(index + (<usize>at << 2), i);
}

/** Orders the heaps of the first `count` queries from the nearest on. */
export function order(count: i32): void {
  for (let q: i32 = 0; q < count; q++) {
    const distance = squares + <usize>q * (<usize>k << 3);
    const index = indices + <usize>q * (<usize>k << 2);
    for (let last = k - 1; last > 0; last--) {
      const d = load<f64>(distance);
      const i = load<i32>(index);
      sink(distance, index, last, load<f64>(distance + (<usize>last << 3)), load<i32>(index + (<usize>last << 2)));
      store<f64>(distance + (<usize>last << 3), d);
      store<i32>(index + (<usize>last << 2), i);
    }
  }
}
