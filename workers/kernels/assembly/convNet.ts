// Trains a small convolutional net image by image: blocks of a 3 × 3 convolution (same), ReLU and a 2 × 2 max pool, then one dense layer with softmax.
// All that an image needs stays in the cache, and the way back visits only the winners of the pools: a quarter of the positions at most, and none
// that ReLU silenced. Channels are filled up to fours with zeros; the flat vectors hold the real ones. Driven by workers/convolution/nativeConvNet.ts.
import { exp64, log64 } from './exponential';

// Words of the head of the table, in the order of `headWords` of the driver.
const BLOCKS: i32 = 0;
const CLASSES: i32 = 1;
const OUTPUTS: i32 = 2; // classes, filled up
const FEATURES: i32 = 3; // with the filled-up channels
const FLAT: i32 = 4;
const FLAT_GRADIENT: i32 = 5;
const DENSE: i32 = 6; // features × outputs, then outputs biases
const DENSE_GRADIENT: i32 = 7;
const LOGITS: i32 = 8;
const DELTA: i32 = 9;
const DENSE_AT: i32 = 10;
const LAST_FILTERS: i32 = 11;
const LAST_DEPTH: i32 = 12; // last filters, filled up
const HEAD: i32 = 13;
// Words of a block, in the order of `blockWords`.
const HEIGHT: i32 = 0;
const WIDTH: i32 = 1;
const CHANNELS: i32 = 2; // of the flat vector
const DEPTH: i32 = 3; // of the input, filled up (not in the first block)
const FILTERS: i32 = 4; // of the flat vector
const COLUMNS: i32 = 5; // filters, filled up
const SPAN: i32 = 6; // numbers of a row of a patch, 3 × depth, filled up
const AT: i32 = 7; // in the flat vector
const INPUT: i32 = 8; // (height + 2) × (width + 2) × depth, the border zero
const INPUT_GRADIENT: i32 = 9; // the same shape; 0 in the first block
const WINNERS: i32 = 10; // bytes: 0 to 3, or 4 where ReLU gave 0
const WEIGHTS: i32 = 11; // 3 × 3 × depth × columns, then columns biases
const TURNED: i32 = 12; // filters × 3 × span
const TURNED_GRADIENT: i32 = 13; // filters × 3 × span, then a number a filter for the bias
const BLOCK: i32 = 14;

function word(table: usize, i: i32): i32 {
  return load<i32>(table + (i << 2));
}

function blockAt(table: usize, l: i32): usize {
  return table + ((HEAD + l * BLOCK) << 2);
}

function number(at: usize, i: i32): f32 {
  return load<f32>(at + (i << 2));
}

function set(at: usize, i: i32, value: f32): void {
  store<f32>(at + (i << 2), value);
}

/** Copies the flat parameters into the layouts that the ways there and back read. */
export function spread(table: usize, parameters: usize): void {
  for (let l = 0; l < word(table, BLOCKS); l++) {
    const block = blockAt(table, l);
    const channels = word(block, CHANNELS);
    const depth = word(block, DEPTH);
    const filters = word(block, FILTERS);
    const columns = word(block, COLUMNS);
    const span = word(block, SPAN);
    const weights = word(block, WEIGHTS);
    const turned = word(block, TURNED);
    const from = parameters + (word(block, AT) << 2);
    for (let tap = 0; tap < 9; tap++)
      for (let c = 0; c < channels; c++)
        for (let f = 0; f < filters; f++) {
          const value = number(from, (tap * channels + c) * filters + f);
          set(weights, (tap * depth + c) * columns + f, value);
          set(turned, (f * 3 + tap / 3) * span + (tap % 3) * depth + c, value);
        }
    for (let f = 0; f < filters; f++) set(weights, 9 * depth * columns + f, number(from, 9 * channels * filters + f));
  }
  const classes = word(table, CLASSES);
  const outputs = word(table, OUTPUTS);
  const features = word(table, FEATURES);
  const filters = word(table, LAST_FILTERS);
  const depth = word(table, LAST_DEPTH);
  const dense = word(table, DENSE);
  let from = parameters + (word(table, DENSE_AT) << 2);
  for (let i = 0; i < features; i++) {
    if (i % depth >= filters) continue;
    for (let k = 0; k < classes; k++) set(dense, i * outputs + k, number(from, k));
    from += <usize>(classes << 2);
  }
  for (let k = 0; k < classes; k++) set(dense, features * outputs + k, number(from, k));
}

/** Gathers the gradients into a flat vector, and clears them for the next batch. */
export function gather(table: usize, gradient: usize): void {
  for (let l = 0; l < word(table, BLOCKS); l++) {
    const block = blockAt(table, l);
    const channels = word(block, CHANNELS);
    const depth = word(block, DEPTH);
    const filters = word(block, FILTERS);
    const span = word(block, SPAN);
    const turned = word(block, TURNED_GRADIENT);
    const to = gradient + (word(block, AT) << 2);
    for (let tap = 0; tap < 9; tap++)
      for (let c = 0; c < channels; c++)
        for (let f = 0; f < filters; f++) set(to, (tap * channels + c) * filters + f, number(turned, (f * 3 + tap / 3) * span + (tap % 3) * depth + c));
    for (let f = 0; f < filters; f++) set(to, 9 * channels * filters + f, number(turned, filters * 3 * span + f));
    memory.fill(turned, 0, <usize>((filters * 3 * span + filters) << 2));
  }
  const classes = word(table, CLASSES);
  const outputs = word(table, OUTPUTS);
  const features = word(table, FEATURES);
  const filters = word(table, LAST_FILTERS);
  const depth = word(table, LAST_DEPTH);
  const dense = word(table, DENSE_GRADIENT);
  let to = gradient + (word(table, DENSE_AT) << 2);
  for (let i = 0; i < features; i++) {
    if (i % depth >= filters) continue;
    for (let k = 0; k < classes; k++) set(to, k, number(dense, i * outputs + k));
    to += <usize>(classes << 2);
  }
  for (let k = 0; k < classes; k++) set(to, k, number(dense, features * outputs + k));
  memory.fill(dense, 0, <usize>((features + 1) * outputs * 4));
}

/** Largest of four, which of them it was, and ReLU, for four filters: writes the answer and a byte each. */
function pool(a: v128, b: v128, c: v128, d: v128, bias: v128, out: usize, winners: usize): void {
  let best = a;
  let which = i32x4.splat(0);
  let larger = f32x4.gt(b, best);
  best = v128.bitselect(b, best, larger);
  which = v128.bitselect(i32x4.splat(1), which, larger);
  larger = f32x4.gt(c, best);
  best = v128.bitselect(c, best, larger);
  which = v128.bitselect(i32x4.splat(2), which, larger);
  larger = f32x4.gt(d, best);
  best = v128.bitselect(d, best, larger);
  which = v128.bitselect(i32x4.splat(3), which, larger);
  const sum = f32x4.add(best, bias);
  const zero = f32x4.splat(0);
  which = v128.bitselect(which, i32x4.splat(4), f32x4.gt(sum, zero));
  // The larger of both, and NaN where the sum is NaN.
  v128.store(out, f32x4.max(sum, zero));
  const halves = i16x8.narrow_i32x4_s(which, which);
  store<i32>(winners, i32x4.extract_lane(i8x16.narrow_i16x8_s(halves, halves), 0));
}

/** One block forward. Writes its pooled output at `out`, whose lines are `line` bytes apart. */
function forward(block: usize, out: usize, line: usize): void {
  const columns = word(block, COLUMNS);
  const depth = word(block, DEPTH);
  const weights = word(block, WEIGHTS);
  const input: usize = word(block, INPUT);
  const across = word(block, WIDTH) >> 1;
  const down = word(block, HEIGHT) >> 1;
  const pixel = <usize>(depth << 2);
  const row = <usize>(word(block, WIDTH) + 2) * pixel;
  const step = <usize>(columns << 2);
  const bias = weights + 9 * depth * columns * 4;
  const reach = pixel * 3;
  let winners: usize = word(block, WINNERS);
  for (let y = 0; y < down; y++) {
    let corner = input + <usize>(2 * y) * row;
    let to = out + <usize>y * line;
    for (let x = 0; x < across; x++) {
      let f = 0;
      for (; f + 8 <= columns; f += 8) {
        const zero = f32x4.splat(0);
        let a = zero, b = zero, c = zero, d = zero, e = zero, g = zero, h = zero, i = zero;
        let w: usize = weights + (f << 2);
        for (let tap = corner, last = corner + 3 * row; tap < last; tap += row) {
          for (let p = tap, end = tap + reach; p < end; p += 4) {
            const low = v128.load(w);
            const high = v128.load(w, 16);
            w += step;
            let v = v128.load32_splat(p);
            a = f32x4.add(a, f32x4.mul(v, low));
            e = f32x4.add(e, f32x4.mul(v, high));
            v = v128.load32_splat(p + pixel);
            b = f32x4.add(b, f32x4.mul(v, low));
            g = f32x4.add(g, f32x4.mul(v, high));
            v = v128.load32_splat(p + row);
            c = f32x4.add(c, f32x4.mul(v, low));
            h = f32x4.add(h, f32x4.mul(v, high));
            v = v128.load32_splat(p + row + pixel);
            d = f32x4.add(d, f32x4.mul(v, low));
            i = f32x4.add(i, f32x4.mul(v, high));
          }
        }
        pool(a, b, c, d, v128.load(bias + (f << 2)), to + (f << 2), winners + f);
        pool(e, g, h, i, v128.load(bias + (f << 2), 16), to + (f << 2) + 16, winners + f + 4);
      }
      if (f < columns) {
        const zero = f32x4.splat(0);
        let a = zero, b = zero, c = zero, d = zero;
        let w: usize = weights + (f << 2);
        for (let tap = corner, last = corner + 3 * row; tap < last; tap += row) {
          for (let p = tap, end = tap + reach; p < end; p += 4) {
            const low = v128.load(w);
            w += step;
            a = f32x4.add(a, f32x4.mul(v128.load32_splat(p), low));
            b = f32x4.add(b, f32x4.mul(v128.load32_splat(p + pixel), low));
            c = f32x4.add(c, f32x4.mul(v128.load32_splat(p + row), low));
            d = f32x4.add(d, f32x4.mul(v128.load32_splat(p + row + pixel), low));
          }
        }
        pool(a, b, c, d, v128.load(bias + (f << 2)), to + (f << 2), winners + f);
      }
      corner += 2 * pixel;
      to += step;
      winners += columns;
    }
  }
}

/** One block back: adds to its gradients and, but for the first block, writes that of its input. `from` has the layout of forward's `out`. */
function backward(block: usize, from: usize, line: usize): void {
  const columns = word(block, COLUMNS);
  const filters = word(block, FILTERS);
  const depth = word(block, DEPTH);
  const input: usize = word(block, INPUT);
  const inputGradient: usize = word(block, INPUT_GRADIENT);
  const turned: usize = word(block, TURNED);
  const gradient: usize = word(block, TURNED_GRADIENT);
  const across = word(block, WIDTH) >> 1;
  const down = word(block, HEIGHT) >> 1;
  const pixel = <usize>(depth << 2);
  const row = <usize>(word(block, WIDTH) + 2) * pixel;
  const reach = <usize>(word(block, SPAN) << 2);
  const filter = reach * 3;
  const biases = gradient + <usize>filters * filter;
  let winners: usize = word(block, WINNERS);
  if (inputGradient !== 0) memory.fill(inputGradient, 0, <usize>(word(block, HEIGHT) + 2) * row);
  for (let y = 0; y < down; y++) {
    let at = from + <usize>y * line;
    let corner = <usize>(2 * y) * row;
    for (let x = 0; x < across; x++) {
      for (let f = 0; f < filters; f++) {
        const winner = <usize>load<u8>(winners + f);
        if (winner > 3) continue;
        const slope = number(at, f);
        set(biases, f, number(biases, f) + slope);
        const share = f32x4.splat(slope);
        const patch = corner + (winner >> 1) * row + (winner & 1) * pixel;
        let g = gradient + <usize>f * filter;
        let p = input + patch;
        if (inputGradient === 0) {
          for (let tap = 0; tap < 3; tap++) {
            for (let j: usize = 0; j < reach; j += 16) v128.store(g + j, f32x4.add(v128.load(g + j), f32x4.mul(share, v128.load(p + j))));
            g += reach;
            p += row;
          }
          continue;
        }
        let w = turned + <usize>f * filter;
        let q = inputGradient + patch;
        for (let tap = 0; tap < 3; tap++) {
          for (let j: usize = 0; j < reach; j += 16) {
            v128.store(g + j, f32x4.add(v128.load(g + j), f32x4.mul(share, v128.load(p + j))));
            v128.store(q + j, f32x4.add(v128.load(q + j), f32x4.mul(share, v128.load(w + j))));
          }
          g += reach;
          w += reach;
          p += row;
          q += row;
        }
      }
      corner += 2 * pixel;
      at += <usize>(columns << 2);
      winners += columns;
    }
  }
}

/** Puts an image into the first block, inside its border. */
function place(block: usize, image: usize): void {
  const line = word(block, WIDTH) * word(block, DEPTH);
  const row = (word(block, WIDTH) + 2) * word(block, DEPTH);
  let to: usize = word(block, INPUT) + ((row + word(block, DEPTH)) << 2);
  for (let y = 0; y < word(block, HEIGHT); y++) {
    memory.copy(to, image, <usize>(line << 2));
    image += <usize>(line << 2);
    to += <usize>(row << 2);
  }
}

// Where a block's pooled output (or its gradient) begins, and how far its lines are apart: inside the border of the next block, or flat after the last.
function start(table: usize, l: i32, gradient: bool): usize {
  if (l + 1 === word(table, BLOCKS)) return word(table, gradient ? FLAT_GRADIENT : FLAT);
  const next = blockAt(table, l + 1);
  return word(next, gradient ? INPUT_GRADIENT : INPUT) + ((word(next, WIDTH) + 3) * word(next, DEPTH) * 4);
}
function lineOf(table: usize, l: i32): usize {
  const block = blockAt(table, l);
  const border = l + 1 === word(table, BLOCKS) ? 0 : 2;
  return <usize>((word(block, WIDTH) >> 1) + border) * (word(block, COLUMNS) << 2);
}

/** Logits of an image, left in the table's place for them. */
function answer(table: usize, image: usize): void {
  place(blockAt(table, 0), image);
  for (let l = 0; l < word(table, BLOCKS); l++) forward(blockAt(table, l), start(table, l, false), lineOf(table, l));
  const outputs = word(table, OUTPUTS);
  const features = word(table, FEATURES);
  const flat: usize = word(table, FLAT);
  const step = <usize>(outputs << 2);
  for (let k = 0; k < outputs; k += 4) {
    let w: usize = word(table, DENSE) + (k << 2);
    // Features come in fours, since channels do.
    let a = v128.load(w + <usize>features * step);
    let b = f32x4.splat(0), c = b, d = b;
    for (let p = flat, end = flat + (features << 2); p < end; p += 16) {
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(p), v128.load(w)));
      b = f32x4.add(b, f32x4.mul(v128.load32_splat(p, 4), v128.load(w + step)));
      c = f32x4.add(c, f32x4.mul(v128.load32_splat(p, 8), v128.load(w + 2 * step)));
      d = f32x4.add(d, f32x4.mul(v128.load32_splat(p, 12), v128.load(w + 3 * step)));
      w += 4 * step;
    }
    v128.store(word(table, LOGITS) + (k << 2), f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
  }
}

/** Logits of images from ≤ i < to, classes each. */
export function answers(table: usize, pixels: usize, size: i32, from: i32, to: i32, out: usize): void {
  const classes = word(table, CLASSES);
  for (let i = from; i < to; i++) {
    answer(table, pixels + <usize>i * <usize>size * 4);
    memory.copy(out + <usize>(i * classes) * 4, word(table, LOGITS), <usize>(classes << 2));
  }
}

/**
 * Adds the gradients of the mean loss of the images order[from …] to order[to − 1] to those that are there.
 * @param size numbers of an image
 * @param share 1 / rows of the whole batch
 * @returns the sum of their log-losses
 */
export function accumulate(table: usize, pixels: usize, size: i32, labels: usize, order: usize, from: i32, to: i32, share: f32): f64 {
  const blocks = word(table, BLOCKS);
  const classes = word(table, CLASSES);
  const outputs = word(table, OUTPUTS);
  const features = word(table, FEATURES);
  const logits: usize = word(table, LOGITS);
  const delta: usize = word(table, DELTA);
  const dense: usize = word(table, DENSE);
  const denseGradient: usize = word(table, DENSE_GRADIENT);
  const flat: usize = word(table, FLAT);
  const flatGradient: usize = word(table, FLAT_GRADIENT);
  const step = <usize>(outputs << 2);
  let loss: f64 = 0;
  for (let i = from; i < to; i++) {
    const image = load<i32>(order + (i << 2));
    answer(table, pixels + <usize>image * <usize>size * 4);
    let most: f32 = number(logits, 0);
    for (let k = 1; k < classes; k++) most = max(most, number(logits, k));
    let sum: f64 = 0;
    for (let k = 0; k < classes; k++) sum += exp64(<f64>number(logits, k) - <f64>most);
    const label = load<i32>(labels + (image << 2));
    loss += log64(sum) + <f64>most - <f64>number(logits, label);
    for (let k = 0; k < classes; k++) {
      const guess = exp64(<f64>number(logits, k) - <f64>most) / sum;
      set(delta, k, <f32>((guess - (k === label ? 1 : 0)) * <f64>share));
    }
    for (let k: usize = 0; k < step; k += 16) {
      const to = denseGradient + <usize>features * step + k;
      v128.store(to, f32x4.add(v128.load(to), v128.load(delta + k)));
    }
    let w = dense;
    let g = denseGradient;
    for (let j = 0; j < features; j++) {
      const value = v128.load32_splat(flat + (j << 2));
      let back = f32x4.splat(0);
      for (let k: usize = 0; k < step; k += 16) {
        const slope = v128.load(delta + k);
        v128.store(g + k, f32x4.add(v128.load(g + k), f32x4.mul(value, slope)));
        back = f32x4.add(back, f32x4.mul(v128.load(w + k), slope));
      }
      set(flatGradient, j, f32x4.extract_lane(back, 0) + f32x4.extract_lane(back, 1) + (f32x4.extract_lane(back, 2) + f32x4.extract_lane(back, 3)));
      w += step;
      g += step;
    }
    for (let l = blocks - 1; l >= 0; l--) backward(blockAt(table, l), start(table, l, true), lineOf(table, l));
  }
  return loss;
}

/** A step of Adam over flat vectors, in place. */
export function adam(p: usize, g: usize, m: usize, v: usize, count: i32, rate: f32, beta1: f32, beta2: f32, epsilon: f32): void {
  const end = p + (count << 2);
  // The vectors are filled up to fours.
  for (; p < end; p += 16, g += 16, m += 16, v += 16) {
    const gradient = v128.load(g);
    const mean = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(m)), f32x4.mul(f32x4.splat(1 - beta1), gradient));
    const square = f32x4.add(f32x4.mul(f32x4.splat(beta2), v128.load(v)), f32x4.mul(f32x4.splat(1 - beta2), f32x4.mul(gradient, gradient)));
    v128.store(m, mean);
    v128.store(v, square);
    v128.store(p, f32x4.sub(v128.load(p), f32x4.div(f32x4.mul(f32x4.splat(rate), mean), f32x4.add(f32x4.sqrt(square), f32x4.splat(epsilon)))));
  }
}
