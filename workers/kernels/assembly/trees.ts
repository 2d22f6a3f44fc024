// Histogram trees: gradients, histograms of packed integers, split search, partition, and walks through finished trees. The driver is
// workers/training/trees/, the twin workers/training/trees/plainEngine.ts, bit for bit.
//
// A row has one word of 64 bits: its gradient, scaled to an integer, in the upper half, its weight (hessian) in the lower. The scales are
// powers of two that keep the sums over all rows within 32 bits, so that a histogram's cell is one such word, an update one addition, a sum exact and
// the same in any order, and the larger child the parent less the smaller one. (Packing after LightGBM's quantised training, Shi et al. 2022.)
import { exp64, log64 } from './exponential';

const wordBytes: usize = 8;

// ---- Bins of numbers: 1 + how many edges are below the number, 0 for NaN.

function step(low: usize, edges: usize, value: f32): usize {
  return low + (<usize>(load<f32>(low + ((edges - 1) << 2)) < value) * (edges << 2));
}

/** @param x address of the first number, the next `stride` bytes on. @param edges 255 f32, ascending, filled up with infinity. @param codes address of the first byte, the next `width` on */
export function bin(x: usize, stride: usize, rows: i32, edges: usize, codes: usize, width: usize): void {
  for (let i = 0; i < rows; i++) {
    const value = load<f32>(x);
    let low = step(edges, 128, value);
    low = step(low, 64, value);
    low = step(low, 32, value);
    low = step(low, 16, value);
    low = step(low, 8, value);
    low = step(low, 4, value);
    low = step(low, 2, value);
    low = step(low, 1, value);
    store<u8>(codes, (((low - edges) >> 2) + 1) * <usize>(value == value));
    x += stride;
    codes += width;
  }
}

// ---- Gradients. `gh` holds g and h of a row, one after the other, as f64.

function weightOf(weights: usize, i: usize): f64 {
  return weights == 0 ? 1 : load<f64>(weights + (i << 3));
}

/** exp64 of two numbers that are at most 0. */
function exp64x2(x: v128): v128 {
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
  // 1.5 · 2^52 more has the whole number in its lowest bits, in two's complement.
  const bits = i64x2.add(f64x2.add(k, f64x2.splat(6755399441055744.0)), i64x2.splat(1023));
  const scaled = f64x2.mul(p, i64x2.shl(bits, 52));
  return v128.andnot(scaled, f64x2.lt(x, f64x2.splat(-708.396418532264)));
}

/** g = (p − y)·w, h = p(1 − p)·w for p = σ(margin). @returns Σ w · log-loss of rows 0 to n */
export function logistic(n: i32, y: usize, weights: usize, margins: usize, gh: usize): f64 {
  let lossSum = f64x2.splat(0);
  let product = f64x2.splat(1);
  let logs: f64 = 0;
  let inProduct = 0;
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  for (let i: usize = 0; i < <usize>n; i += 2) {
    const isLast = i + 1 == <usize>n;
    const m = isLast ? v128.load64_zero(margins + (i << 3)) : v128.load(margins + (i << 3));
    const target = isLast ? v128.load64_zero(y + (i << 3)) : v128.load(y + (i << 3));
    const small = exp64x2(f64x2.neg(f64x2.abs(m)));
    const inverse = f64x2.div(one, f64x2.add(one, small));
    const minor = f64x2.mul(small, inverse);
    const p = v128.bitselect(inverse, minor, f64x2.ge(m, zero));
    const h = f64x2.mul(minor, inverse);
    // The margin on the wrong side: −m for class 1, m for class 0.
    const wrong = f64x2.mul(m, f64x2.sub(one, f64x2.add(target, target)));
    const linear = f64x2.max(wrong, zero);
    let g = f64x2.sub(p, target);
    if (weights == 0) {
      const at = gh + (i << 4);
      store<f64>(at, f64x2.extract_lane(g, 0));
      store<f64>(at, f64x2.extract_lane(h, 0), 8);
      if (isLast) {
        lossSum = f64x2.add(lossSum, f64x2.replace_lane(linear, 1, 0));
        product = f64x2.mul(product, f64x2.replace_lane(f64x2.add(one, small), 1, 1));
      } else {
        store<f64>(at, f64x2.extract_lane(g, 1), 16);
        store<f64>(at, f64x2.extract_lane(h, 1), 24);
        lossSum = f64x2.add(lossSum, linear);
        product = f64x2.mul(product, f64x2.add(one, small));
      }
      // Factors are from 1 to 2: 512 of them are below 2^512.
      if (++inProduct == 512) {
        logs += log64(f64x2.extract_lane(product, 0)) + log64(f64x2.extract_lane(product, 1));
        product = one;
        inProduct = 0;
      }
    } else {
      const lanes: usize = isLast ? 1 : 2;
      for (let lane: usize = 0; lane < lanes; lane++) {
        const w = load<f64>(weights + ((i + lane) << 3));
        const at = gh + ((i + lane) << 4);
        const isFirst = lane == 0;
        store<f64>(at, (isFirst ? f64x2.extract_lane(g, 0) : f64x2.extract_lane(g, 1)) * w);
        store<f64>(at, (isFirst ? f64x2.extract_lane(h, 0) : f64x2.extract_lane(h, 1)) * w, 8);
        logs += w * ((isFirst ? f64x2.extract_lane(linear, 0) : f64x2.extract_lane(linear, 1)) + log64(1 + (isFirst ? f64x2.extract_lane(small, 0) : f64x2.extract_lane(small, 1))));
      }
    }
  }
  return logs + log64(f64x2.extract_lane(product, 0)) + log64(f64x2.extract_lane(product, 1)) + f64x2.extract_lane(lossSum, 0) + f64x2.extract_lane(lossSum, 1);
}

/** Margins [n, K] to probabilities [n, K]. @returns Σ w · log-loss */
export function softmax(n: i32, classes: i32, y: usize, weights: usize, margins: usize, probabilities: usize): f64 {
  let loss: f64 = 0;
  for (let i = 0; i < n; i++) {
    const from = margins + (<usize>(i * classes) << 3);
    const to = probabilities + (<usize>(i * classes) << 3);
    let highest = -Infinity;
    for (let k = 0; k < classes; k++) highest = max(highest, load<f64>(from + (<usize>k << 3)));
    let sum: f64 = 0;
    for (let k = 0; k < classes; k++) {
      const e = exp64(load<f64>(from + (<usize>k << 3)) - highest);
      store<f64>(to + (<usize>k << 3), e);
      sum += e;
    }
    for (let k = 0; k < classes; k++) {
      const at = to + (<usize>k << 3);
      store<f64>(at, load<f64>(at) / sum);
    }
    const target = <usize>load<f64>(y + (<usize>i << 3));
    loss += weightOf(weights, i) * (highest + log64(sum) - load<f64>(from + (target << 3)));
  }
  return loss;
}

/** g = (p − [y = k])·w and h = 2 p(1 − p)·w of class k (the factor is xgboost's). */
export function softmaxClass(n: i32, classes: i32, k: i32, y: usize, weights: usize, probabilities: usize, gh: usize): void {
  for (let i = 0; i < n; i++) {
    const p = load<f64>(probabilities + (<usize>(i * classes + k) << 3));
    const w = weightOf(weights, i);
    store<f64>(gh + (<usize>i << 4), (p - (load<f64>(y + (<usize>i << 3)) == <f64>k ? 1 : 0)) * w);
    store<f64>(gh + (<usize>i << 4), 2 * p * (1 - p) * w, 8);
  }
}

/** Residuals in units of `scale`. kind 0: squared, 1: quantile of `shape`, 2: Huber with threshold `shape`. @returns Σ w · loss */
export function regression(kind: i32, n: i32, y: usize, weights: usize, margins: usize, gh: usize, scale: f64, shape: f64): f64 {
  let loss: f64 = 0;
  for (let i = 0; i < n; i++) {
    const r = (load<f64>(margins + (<usize>i << 3)) - load<f64>(y + (<usize>i << 3))) / scale;
    const w = weightOf(weights, i);
    let g = r;
    if (kind == 1) {
      g = r > 0 ? 1 - shape : r < 0 ? -shape : 0;
      loss += w * (g * r);
    } else if (kind == 2 && abs(r) > shape) {
      g = r > 0 ? shape : -shape;
      loss += w * (shape * (abs(r) - 0.5 * shape));
    } else loss += w * (0.5 * r * r);
    store<f64>(gh + (<usize>i << 4), g * w);
    store<f64>(gh + (<usize>i << 4), w, 8);
  }
  return loss;
}

/** Counts with a logarithmic link: g = (e^m − y)·w, h = e^(m + 0.7)·w, which keeps steps short where counts are rare (as in xgboost and LightGBM). @returns Σ w · half the deviance */
export function poisson(n: i32, y: usize, weights: usize, margins: usize, gh: usize): f64 {
  let loss: f64 = 0;
  for (let i = 0; i < n; i++) {
    const m = load<f64>(margins + (<usize>i << 3));
    const target = load<f64>(y + (<usize>i << 3));
    const w = weightOf(weights, i);
    const mean = exp64(m);
    loss += w * (mean - target - target * (m - (target > 0 ? log64(target) : 0)));
    store<f64>(gh + (<usize>i << 4), (mean - target) * w);
    store<f64>(gh + (<usize>i << 4), mean * 2.0137527074704766 * w, 8);
  }
  return loss;
}

/** Multiplies g and h of each row by its factor (how often a bootstrap drew it). */
export function multiply(n: i32, gh: usize, factors: usize, to: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) v128.store(to + (i << 4), f64x2.mul(v128.load(gh + (i << 4)), f64x2.splat(load<f64>(factors + (i << 3)))));
}

/** The largest |g| and h, into two f64 at `out`; NaN does not count. */
export function largest(n: i32, gh: usize, out: usize): void {
  let most = f64x2.splat(0);
  for (let i: usize = 0; i < <usize>n; i++) most = f64x2.pmax(most, f64x2.abs(v128.load(gh + (i << 4))));
  v128.store(out, most);
}

/** Σ ⌈|g|·scaleG⌉ and Σ ⌈h·scaleH⌉: sums of whole numbers, the same in any order. */
export function roundedSums(n: i32, gh: usize, scaleG: f64, scaleH: f64, out: usize): void {
  const scale = f64x2.replace_lane(f64x2.splat(scaleG), 1, scaleH);
  let sum = f64x2.splat(0);
  for (let i: usize = 0; i < <usize>n; i++) sum = f64x2.add(sum, f64x2.ceil(f64x2.mul(f64x2.abs(v128.load(gh + (i << 4))), scale)));
  v128.store(out, sum);
}

/** The packed word of each row. */
export function pack(n: i32, gh: usize, scaleG: f64, scaleH: f64, packed: usize): void {
  const scale = f64x2.replace_lane(f64x2.splat(scaleG), 1, scaleH);
  for (let i: usize = 0; i < <usize>n; i++) {
    const both = f64x2.nearest(f64x2.mul(v128.load(gh + (i << 4)), scale));
    const words = i32x4.trunc_sat_f64x2_s_zero(both);
    const weights = i32x4.trunc_sat_f64x2_u_zero(both);
    store<i64>(packed + (i << 3), (<i64>i32x4.extract_lane(words, 0) << 32) + <i64><u32>i32x4.extract_lane(weights, 1));
  }
}

// ---- Histograms. A cell for each bin of each feature; `offsets` are the bytes from the histogram's start to each feature's bin 0.

function add(cell: usize, word: i64): void {
  store<i64>(cell, load<i64>(cell) + word);
}

/** Adds the rows `order[from … to)` (or from … to, where order is 0). @param stride bytes from row to row of the codes */
export function build(hist: usize, codes: usize, stride: usize, features: i32, offsets: usize, packed: usize, order: usize, from: usize, to: usize): void {
  let f: usize = 0;
  for (; f + 8 <= <usize>features; f += 8) {
    const at = offsets + (f << 2);
    const o0 = hist + load<u32>(at);
    const o1 = hist + load<u32>(at, 4);
    const o2 = hist + load<u32>(at, 8);
    const o3 = hist + load<u32>(at, 12);
    const o4 = hist + load<u32>(at, 16);
    const o5 = hist + load<u32>(at, 20);
    const o6 = hist + load<u32>(at, 24);
    const o7 = hist + load<u32>(at, 28);
    const base = codes + f;
    for (let i = from; i < to; i++) {
      const row: usize = order == 0 ? i : load<u32>(order + (i << 2));
      const word = load<i64>(packed + (row << 3));
      const eight = base + row * stride;
      add(o0 + (<usize>load<u8>(eight) << 3), word);
      add(o1 + (<usize>load<u8>(eight, 1) << 3), word);
      add(o2 + (<usize>load<u8>(eight, 2) << 3), word);
      add(o3 + (<usize>load<u8>(eight, 3) << 3), word);
      add(o4 + (<usize>load<u8>(eight, 4) << 3), word);
      add(o5 + (<usize>load<u8>(eight, 5) << 3), word);
      add(o6 + (<usize>load<u8>(eight, 6) << 3), word);
      add(o7 + (<usize>load<u8>(eight, 7) << 3), word);
    }
  }
  for (; f + 4 <= <usize>features; f += 4) {
    const at = offsets + (f << 2);
    const o0 = hist + load<u32>(at);
    const o1 = hist + load<u32>(at, 4);
    const o2 = hist + load<u32>(at, 8);
    const o3 = hist + load<u32>(at, 12);
    const base = codes + f;
    for (let i = from; i < to; i++) {
      const row: usize = order == 0 ? i : load<u32>(order + (i << 2));
      const word = load<i64>(packed + (row << 3));
      const four = base + row * stride;
      add(o0 + (<usize>load<u8>(four) << 3), word);
      add(o1 + (<usize>load<u8>(four, 1) << 3), word);
      add(o2 + (<usize>load<u8>(four, 2) << 3), word);
      add(o3 + (<usize>load<u8>(four, 3) << 3), word);
    }
  }
  for (; f < <usize>features; f++) {
    const o0 = hist + load<u32>(offsets + (f << 2));
    for (let i = from; i < to; i++) {
      const row: usize = order == 0 ? i : load<u32>(order + (i << 2));
      add(o0 + (<usize>load<u8>(codes + row * stride + f) << 3), load<i64>(packed + (row << 3)));
    }
  }
}

/** Cells of classes: each bin has K of them, and a row adds its word to that of its class. */
export function buildClasses(hist: usize, codes: usize, stride: usize, features: i32, offsets: usize, packed: usize, order: usize, from: usize, to: usize, classOf: usize, classes: usize): void {
  for (let i = from; i < to; i++) {
    const row: usize = order == 0 ? i : load<u32>(order + (i << 2));
    const word = load<i64>(packed + (row << 3));
    const own = hist + (<usize>load<u16>(classOf + (row << 1)) << 3);
    const base = codes + row * stride;
    for (let f: usize = 0; f < <usize>features; f++) add(own + load<u32>(offsets + (f << 2)) + ((<usize>load<u8>(base + f) * classes) << 3), word);
  }
}

export function clear(hist: usize, cells: usize): void {
  memory.fill(hist, 0, cells * wordBytes);
}

/** parent −= child. */
export function subtract(parent: usize, child: usize, cells: usize): void {
  for (let i: usize = 0; i < cells; i += 2) v128.store(parent + (i << 3), i64x2.sub(v128.load(parent + (i << 3)), v128.load(child + (i << 3))));
}

/** Whole sums of g and h over `cells` cells. */
export function total(from: usize, cells: i32, out: usize): void {
  let sum: i64 = 0;
  for (let b = 0; b < cells; b++) sum += load<i64>(from + (<usize>b << 3));
  store<f64>(out, <f64>(sum >> 32));
  store<f64>(out, <f64><u32>sum, 8);
}

// ---- Split search. A score is G² / (H + λ), or with bounds on the leaf's value w: −(2 G w + (H + λ) w²).

let bestGain: f64 = 0;
let bestFeature: i32 = -1;
let bestBin: i32 = 0;
let bestMissingLeft: i32 = 0;
let bestG: f64 = 0;
let bestH: f64 = 0;

let l2: f64 = 0;
let leastWeight: f64 = 0;
let stepG: f64 = 1;
let stepH: f64 = 1;
let lower: f64 = 0;
let upper: f64 = 0;
let isBounded: bool = false;

function clamped(w: f64): f64 {
  return w < lower ? lower : w > upper ? upper : w;
}

/** Rates left against right, as whole sums. */
function rate(gl: f64, hl: f64, gr: f64, hr: f64, penalty: f64, monotone: i32, feature: i32, bin: i32, missingLeft: i32): void {
  const HL = hl * stepH;
  const HR = hr * stepH;
  if (HL < leastWeight || HR < leastWeight) return;
  const dl = HL + penalty;
  const dr = HR + penalty;
  if (!(dl > 0 && dr > 0)) return;
  const GL = gl * stepG;
  const GR = gr * stepG;
  let score: f64;
  if (isBounded) {
    const wl = clamped(-GL / dl);
    const wr = clamped(-GR / dr);
    if (monotone > 0 ? wl > wr : monotone < 0 ? wl < wr : false) return;
    score = -(2 * GL * wl + dl * wl * wl) - (2 * GR * wr + dr * wr * wr);
  } else {
    const g = f64x2.replace_lane(f64x2.splat(GL), 1, GR);
    const d = f64x2.replace_lane(f64x2.splat(dl), 1, dr);
    const both = f64x2.div(f64x2.mul(g, g), d);
    score = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  }
  if (score > bestGain) {
    bestGain = score;
    bestFeature = feature;
    bestBin = bin;
    bestMissingLeft = missingLeft;
    bestG = gl;
    bestH = hl;
  }
}

const ratios = memory.data(256 * 8, 16);
const ranked = memory.data(256 * 4, 16);
const merged = memory.data(256 * 4, 16);

/** Sorts `count` bins in `ranked` by their ratio, ascending and stable (merge sort). */
function rankBins(count: i32): void {
  for (let width = 1; width < count; width <<= 1) {
    for (let start = 0; start < count; start += width << 1) {
      const middle = min(start + width, count);
      const end = min(start + (width << 1), count);
      let a = start;
      let b = middle;
      for (let to = start; to < end; to++) {
        let takesA = a < middle;
        if (takesA && b < end) {
          const ra = load<f64>(ratios + (<usize>load<i32>(ranked + (<usize>a << 2)) << 3));
          const rb = load<f64>(ratios + (<usize>load<i32>(ranked + (<usize>b << 2)) << 3));
          takesA = !(rb < ra);
        }
        store<i32>(merged + (<usize>to << 2), load<i32>(ranked + (<usize>(takesA ? a++ : b++) << 2)));
      }
    }
    memory.copy(ranked, merged, <usize>count << 2);
  }
}

function mark(set: usize, bin: i32): void {
  const at = set + (<usize>(bin >> 5) << 2);
  store<u32>(at, load<u32>(at) | (1 << (bin & 31)));
}

/**
 * Categories, sorted by g / (h + smooth), are split as if they were numbers (Fisher 1958); a few are each tried against the rest. What is missing,
 * unknown or not seen in this node goes right, with the complement; both ends of the order are tried as the left set where something is missing.
 */
function searchCategories(first: usize, bins: i32, g: f64, h: f64, feature: i32, smooth: f64, categoryL2: f64, oneHot: i32, set: usize): void {
  let count = 0;
  for (let b = 1; b <= bins; b++) {
    const word = load<i64>(first + (<usize>b << 3));
    if (word == 0) continue;
    store<f64>(ratios + (<usize>b << 3), (<f64>(word >> 32) * stepG) / (<f64><u32>word * stepH + smooth));
    store<i32>(ranked + (<usize>count << 2), b);
    count++;
  }
  const before = bestGain;
  const isOneHot = count <= oneHot;
  if (!isOneHot) rankBins(count);
  const directions = load<i64>(first) != 0 && !isOneHot ? 2 : 1;
  let chosen = 0;
  let chosenDirection = 0;
  for (let direction = 0; direction < directions; direction++) {
    let sum: i64 = 0;
    for (let j = 0; j < count; j++) {
      const bin = load<i32>(ranked + (<usize>(direction == 0 ? j : count - 1 - j) << 2));
      const word = load<i64>(first + (<usize>bin << 3));
      sum = isOneHot ? word : sum + word;
      const gl = <f64>(sum >> 32);
      const hl = <f64><u32>sum;
      const was = bestGain;
      rate(gl, hl, g - gl, h - hl, isOneHot ? l2 : l2 + categoryL2, 0, feature, 0, 0);
      if (bestGain > was) {
        chosen = j;
        chosenDirection = direction;
      }
    }
  }
  if (!(bestGain > before)) return;
  memory.fill(set, 0, 32);
  for (let j = isOneHot ? chosen : 0; j <= chosen; j++) mark(set, load<i32>(ranked + (<usize>(chosenDirection == 0 ? j : count - 1 - j) << 2)));
}

function searchNumbers(first: usize, bins: i32, g: f64, h: f64, feature: i32, monotone: i32): void {
  const absent = load<i64>(first);
  const gm = <f64>(absent >> 32);
  const hm = <f64><u32>absent;
  let sum: i64 = 0;
  // The last bin against the missing is a split, too; without missing rows it separates nothing.
  const end = absent == 0 ? bins - 1 : bins;
  for (let b = 1; b <= end; b++) {
    const word = load<i64>(first + (<usize>b << 3));
    if (word == 0) continue;
    sum += word;
    const gl = <f64>(sum >> 32);
    const hl = <f64><u32>sum;
    rate(gl, hl, g - gl, h - hl, l2, monotone, feature, b, 0);
    if (absent != 0 && b < bins) rate(gl + gm, hl + hm, g - gl - gm, h - hl - hm, l2, monotone, feature, b, 1);
  }
}

/**
 * The best split of a node. @param bins one i32 a feature: its bins of values, negative for categories. @param mask a byte a feature: whether it may be used.
 * @param monotone i8 a feature. @param settings f64: l2, least weight, steps of g and h, lower, upper, smoothing and penalty of categories, most
 * categories tried one by one, whether bounded. @param g, h the node's whole sums. @param out f64: score of both sides, feature (−1: none), bin, whether the missing go left, whole g and h of the left; then
 * 32 bytes of the set that goes left.
 */
export function search(hist: usize, features: i32, offsets: usize, bins: usize, mask: usize, monotone: usize, settings: usize, g: f64, h: f64, out: usize): void {
  l2 = load<f64>(settings);
  leastWeight = load<f64>(settings, 8);
  stepG = load<f64>(settings, 16);
  stepH = load<f64>(settings, 24);
  lower = load<f64>(settings, 32);
  upper = load<f64>(settings, 40);
  const smooth = load<f64>(settings, 48);
  const categoryL2 = load<f64>(settings, 56);
  const oneHot = <i32>load<f64>(settings, 64);
  isBounded = load<f64>(settings, 72) != 0;
  bestGain = -Infinity;
  bestFeature = -1;
  bestBin = 0;
  bestMissingLeft = 0;
  bestG = 0;
  bestH = 0;
  for (let f = 0; f < features; f++) {
    if (load<u8>(mask + <usize>f) == 0) continue;
    const own = load<i32>(bins + (<usize>f << 2));
    const first = hist + load<u32>(offsets + (<usize>f << 2));
    if (own < 0) searchCategories(first, -own, g, h, f, smooth, categoryL2, oneHot, out + 48);
    else searchNumbers(first, own, g, h, f, load<i8>(monotone + <usize>f));
  }
  store<f64>(out, bestGain);
  store<f64>(out, <f64>bestFeature, 8);
  store<f64>(out, <f64>bestBin, 16);
  store<f64>(out, <f64>bestMissingLeft, 24);
  store<f64>(out, bestG, 32);
  store<f64>(out, bestH, 40);
}

// ---- Classes: Σ c_k² / Σ c_k of both sides is largest where the Gini impurity is least. Counts are whole sums of weights.

const leftCounts = memory.data(1024 * 8, 16);

function rateClasses(totals: usize, classes: i32, feature: i32, bin: i32, missingLeft: i32, absent: usize): void {
  let hl: f64 = 0;
  let hr: f64 = 0;
  let squaresL: f64 = 0;
  let squaresR: f64 = 0;
  for (let k: usize = 0; k < <usize>classes; k++) {
    const l = load<f64>(leftCounts + (k << 3)) + (missingLeft ? <f64><u32>load<i64>(absent + (k << 3)) : 0);
    const r = load<f64>(totals + (k << 3)) - l;
    hl += l;
    hr += r;
    squaresL += l * l;
    squaresR += r * r;
  }
  if (hl * stepH < leastWeight || hr * stepH < leastWeight || !(hl > 0 && hr > 0)) return;
  const score = (squaresL / hl + squaresR / hr) * stepH;
  if (score > bestGain) {
    bestGain = score;
    bestFeature = feature;
    bestBin = bin;
    bestMissingLeft = missingLeft;
    bestH = hl;
  }
}

/** As `search`, over cells of classes. @param totals K whole sums of the node. Categories are ordered by their share of class `major`. */
export function searchClasses(hist: usize, features: i32, offsets: usize, bins: usize, mask: usize, settings: usize, classes: i32, totals: usize, major: i32, out: usize): void {
  leastWeight = load<f64>(settings, 8);
  stepH = load<f64>(settings, 24);
  bestGain = -Infinity;
  bestFeature = -1;
  bestBin = 0;
  bestMissingLeft = 0;
  bestG = 0;
  bestH = 0;
  const size = <usize>classes << 3;
  for (let f = 0; f < features; f++) {
    if (load<u8>(mask + <usize>f) == 0) continue;
    const own = load<i32>(bins + (<usize>f << 2));
    const first = hist + load<u32>(offsets + (<usize>f << 2));
    let hasMissing = false;
    for (let k: usize = 0; k < <usize>classes; k++) if (load<i64>(first + (k << 3)) != 0) hasMissing = true;
    const isSet = own < 0;
    const count = isSet ? -own : own;
    let n = 0;
    for (let b = 1; b <= count; b++) {
      const cell = first + <usize>b * size;
      let all: f64 = 0;
      for (let k: usize = 0; k < <usize>classes; k++) all += <f64><u32>load<i64>(cell + (k << 3));
      if (all == 0) continue;
      store<f64>(ratios + (<usize>b << 3), <f64><u32>load<i64>(cell + (<usize>major << 3)) / all);
      store<i32>(ranked + (<usize>n << 2), b);
      n++;
    }
    if (isSet) rankBins(n);
    const before = bestGain;
    let chosen = 0;
    let chosenDirection = 0;
    for (let direction = 0; direction < (isSet && hasMissing ? 2 : 1); direction++) {
      memory.fill(leftCounts, 0, size);
      for (let j = 0; j < n; j++) {
        const bin = load<i32>(ranked + (<usize>(direction == 0 ? j : n - 1 - j) << 2));
        const cell = first + <usize>bin * size;
        for (let k: usize = 0; k < <usize>classes; k++) store<f64>(leftCounts + (k << 3), load<f64>(leftCounts + (k << 3)) + <f64><u32>load<i64>(cell + (k << 3)));
        const was = bestGain;
        rateClasses(totals, classes, f, isSet ? 0 : bin, 0, first);
        if (!isSet && hasMissing && j < n - 1) rateClasses(totals, classes, f, bin, 1, first);
        if (bestGain > was) {
          chosen = j;
          chosenDirection = direction;
        }
      }
    }
    if (!isSet || !(bestGain > before)) continue;
    memory.fill(out + 48, 0, 32);
    for (let j = 0; j <= chosen; j++) mark(out + 48, load<i32>(ranked + (<usize>(chosenDirection == 0 ? j : n - 1 - j) << 2)));
  }
  store<f64>(out, bestGain);
  store<f64>(out, <f64>bestFeature, 8);
  store<f64>(out, <f64>bestBin, 16);
  store<f64>(out, <f64>bestMissingLeft, 24);
  store<f64>(out, bestG, 32);
  store<f64>(out, bestH, 40);
}

// ---- Rows of a node, and walks through a tree.

/** Brings the rows of order[from … to) whose code is in `table` (256 bytes, 1: left) to the front; both parts keep their order. @returns how many */
export function partition(order: usize, spare: usize, from: usize, to: usize, codes: usize, stride: usize, table: usize): i32 {
  let left = order + (from << 2);
  let right = spare;
  const end = order + (to << 2);
  for (let at = left; at < end; at += 4) {
    const row: usize = load<u32>(at);
    const goes: usize = load<u8>(table + <usize>load<u8>(codes + row * stride));
    store<u32>(left, <u32>row);
    store<u32>(right, <u32>row);
    left += goes << 2;
    right += (1 - goes) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - order) >> 2) - <i32>from;
}

/** Σ nearest(g · scaleG) and Σ nearest(h · scaleH) of the rows: whole numbers below 2^53, exact and the same in any order. */
export function leafSums(order: usize, from: usize, to: usize, gh: usize, scaleG: f64, scaleH: f64, out: usize): void {
  const scale = f64x2.replace_lane(f64x2.splat(scaleG), 1, scaleH);
  let sum = f64x2.splat(0);
  for (let i = from; i < to; i++) sum = f64x2.add(sum, f64x2.nearest(f64x2.mul(v128.load(gh + (<usize>load<u32>(order + (i << 2)) << 4)), scale)));
  v128.store(out, sum);
}

/** margins[row · outputs + k] += value. */
export function addToRows(order: usize, from: usize, to: usize, margins: usize, outputs: usize, k: usize, value: f64): void {
  for (let i = from; i < to; i++) {
    const at = margins + ((<usize>load<u32>(order + (i << 2)) * outputs + k) << 3);
    store<f64>(at, load<f64>(at) + value);
  }
}

/**
 * Adds a tree's answers to rows from … to (of `order`, unless that is 0). @param nodes i32 pairs: feature (−1: leaf) and left child (leaf: which
 * leaf); the right child follows the left. @param tables 256 bytes a node. @param values f64: `width` a leaf
 */
export function walk(codes: usize, stride: usize, order: usize, from: usize, to: usize, nodes: usize, tables: usize, values: usize, width: usize, margins: usize, outputs: usize, k: usize): void {
  for (let i = from; i < to; i++) {
    const row: usize = order == 0 ? i : load<u32>(order + (i << 2));
    const base = codes + row * stride;
    let node: usize = 0;
    let feature = load<i32>(nodes);
    while (feature >= 0) {
      const code = <usize>load<u8>(base + <usize>feature);
      node = <usize>load<i32>(nodes + (node << 3), 4) + 1 - <usize>load<u8>(tables + (node << 8) + code);
      feature = load<i32>(nodes + (node << 3));
    }
    const leaf = values + ((<usize>load<i32>(nodes + (node << 3), 4) * width) << 3);
    const at = margins + ((row * outputs + k) << 3);
    for (let j: usize = 0; j < width; j++) store<f64>(at + (j << 3), load<f64>(at + (j << 3)) + load<f64>(leaf + (j << 3)));
  }
}

// ---- Prediction from float32 features. A node is 16 bytes: byte offset of its feature, threshold, byte offset of its left child from the
// tree's start, and flags (1: the missing go left; 2: leaf; otherwise 4 + 8 · set). A leaf is its own left child, at threshold infinity with the missing to the left, and its flags hold 2 + 4 · its index.

function next(tree: usize, node: usize, x: usize): usize {
  const value = load<f32>(x + load<u32>(tree + node));
  return <usize>load<u32>(tree + node, 8) + (<usize>(value > load<f32>(tree + node, 4)) << 4);
}

function nextMissing(tree: usize, node: usize, x: usize): usize {
  const value = load<f32>(x + load<u32>(tree + node));
  const goesRight = <usize>(value > load<f32>(tree + node, 4)) | (<usize>(value != value) & <usize>(~load<u32>(tree + node, 12) & 1));
  return <usize>load<u32>(tree + node, 8) + (goesRight << 4);
}

function nextOfAny(tree: usize, node: usize, x: usize, sets: usize): usize {
  const flags = load<u32>(tree + node, 12);
  if (!(flags & 4) || flags & 2) return nextMissing(tree, node, x);
  const bin = <u32>load<f32>(x + load<u32>(tree + node));
  const goesLeft = (load<u32>(sets + (<usize>(flags >> 3) << 5) + (<usize>(bin >> 5) << 2)) >> (bin & 31)) & 1;
  return <usize>load<u32>(tree + node, 8) + (<usize>(1 - goesLeft) << 4);
}

function answer(tree: usize, node: usize, values: usize, width: usize, at: usize): void {
  const leaf = values + ((<usize>(load<u32>(tree + node, 12) >> 2) * width) << 2);
  for (let j: usize = 0; j < width; j++) store<f64>(at + (j << 3), load<f64>(at + (j << 3)) + <f64>load<f32>(leaf + (j << 2)));
}

const block: usize = 128;

/**
 * margins[n, outputs] += the leaves of all trees, in the order of the trees for each row. @param x n × features; categories as bins (NaN is bin 0)
 * @param trees u32 pairs: byte offset of the tree's nodes, depth. @param values f32: `width` a leaf, counted through all trees. @param sets 32 bytes each, or 0 where no node has one
 */
export function predict(n: usize, x: usize, features: usize, trees: usize, count: usize, nodes: usize, values: usize, width: usize, outputs: usize, sets: usize, margins: usize): void {
  const stride = features << 2;
  const line = outputs << 3;
  for (let start: usize = 0; start < n; start += block) {
    const end = min(n, start + block);
    let zeros = f32x4.splat(0);
    const last = x + end * stride;
    let at = x + start * stride;
    for (; at + 16 <= last; at += 16) zeros = f32x4.add(zeros, f32x4.mul(v128.load(at), f32x4.splat(0)));
    let sum = f32x4.extract_lane(zeros, 0) + f32x4.extract_lane(zeros, 1) + f32x4.extract_lane(zeros, 2) + f32x4.extract_lane(zeros, 3);
    for (; at < last; at += 4) sum += load<f32>(at) * 0;
    const isWhole = sum == 0;
    for (let t: usize = 0; t < count; t++) {
      const tree = nodes + load<u32>(trees + (t << 3));
      const depth = load<i32>(trees + (t << 3), 4);
      const k = width == 1 ? t % outputs : 0;
      let i = start;
      if (sets == 0) {
        for (; i + 8 <= end; i += 8) {
          const x0 = x + i * stride;
          const x1 = x0 + stride;
          const x2 = x1 + stride;
          const x3 = x2 + stride;
          const x4 = x3 + stride;
          const x5 = x4 + stride;
          const x6 = x5 + stride;
          const x7 = x6 + stride;
          let n0: usize = 0;
          let n1: usize = 0;
          let n2: usize = 0;
          let n3: usize = 0;
          let n4: usize = 0;
          let n5: usize = 0;
          let n6: usize = 0;
          let n7: usize = 0;
          if (isWhole) {
            for (let level = 0; level < depth; level++) {
              n0 = next(tree, n0, x0);
              n1 = next(tree, n1, x1);
              n2 = next(tree, n2, x2);
              n3 = next(tree, n3, x3);
              n4 = next(tree, n4, x4);
              n5 = next(tree, n5, x5);
              n6 = next(tree, n6, x6);
              n7 = next(tree, n7, x7);
            }
          } else {
            for (let level = 0; level < depth; level++) {
              n0 = nextMissing(tree, n0, x0);
              n1 = nextMissing(tree, n1, x1);
              n2 = nextMissing(tree, n2, x2);
              n3 = nextMissing(tree, n3, x3);
              n4 = nextMissing(tree, n4, x4);
              n5 = nextMissing(tree, n5, x5);
              n6 = nextMissing(tree, n6, x6);
              n7 = nextMissing(tree, n7, x7);
            }
          }
          const m = margins + i * line + (k << 3);
          answer(tree, n0, values, width, m);
          answer(tree, n1, values, width, m + line);
          answer(tree, n2, values, width, m + 2 * line);
          answer(tree, n3, values, width, m + 3 * line);
          answer(tree, n4, values, width, m + 4 * line);
          answer(tree, n5, values, width, m + 5 * line);
          answer(tree, n6, values, width, m + 6 * line);
          answer(tree, n7, values, width, m + 7 * line);
        }
      }
      for (; i < end; i++) {
        let node: usize = 0;
        while (!(load<u32>(tree + node, 12) & 2)) node = nextOfAny(tree, node, x + i * stride, sets);
        answer(tree, node, values, width, margins + i * line + (k << 3));
      }
    }
  }
}
