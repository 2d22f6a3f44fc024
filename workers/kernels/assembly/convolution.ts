// Gradients of convolutions and pools, sums by segment, and turned matrix products, over NHWC float32 tensors. No state: all memory is the caller's.
// It borrows its memory: scripts/build/kernels.ts says so. The twin is workers/tensors/wasmKernels/plainArithmetic.ts.
import { multiply, pack, panelBytes } from './product';

// Where a number stands in a table of geometry (16 words of 32 bits); the order is that of `geometryWords` in workers/tensors/wasmKernels/arithmetic.ts.
function word(table: usize, i: i32): i32 {
  return load<i32>(table + (i << 2));
}
function batch(g: usize): i32 { return word(g, 0); }
function inHeight(g: usize): i32 { return word(g, 1); }
function inWidth(g: usize): i32 { return word(g, 2); }
function inChannels(g: usize): i32 { return word(g, 3); }
function outHeight(g: usize): i32 { return word(g, 4); }
function outWidth(g: usize): i32 { return word(g, 5); }
function outChannels(g: usize): i32 { return word(g, 6); }
function filterHeight(g: usize): i32 { return word(g, 7); }
function filterWidth(g: usize): i32 { return word(g, 8); }
function strideHeight(g: usize): i32 { return word(g, 9); }
function strideWidth(g: usize): i32 { return word(g, 10); }
function dilationHeight(g: usize): i32 { return word(g, 11); }
function dilationWidth(g: usize): i32 { return word(g, 12); }
function top(g: usize): i32 { return word(g, 13); }
function left(g: usize): i32 { return word(g, 14); }

/** Output positions whose patches are laid out at once: a quarter of a megabyte, which stays in the cache. */
function together(g: usize): i32 {
  return max(8, 65536 / (filterHeight(g) * filterWidth(g) * inChannels(g)));
}

/** Bytes of room that `filterGradient` and `inputGradient` need. */
export function convolutionRoom(g: usize): i32 {
  const patch = filterHeight(g) * filterWidth(g) * inChannels(g);
  const positions = min(together(g), batch(g) * outHeight(g) * outWidth(g));
  return ((positions * patch * 4 + 63) & ~63) + max(panelBytes(positions, outChannels(g)), panelBytes(outChannels(g), patch));
}

/** Bytes of room that `turnedProduct` needs. */
export function productRoom(shared: i32, columns: i32): i32 {
  return panelBytes(shared, columns);
}

function copy(to: usize, from: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) v128.store(to + (i << 2), v128.load(from + (i << 2)));
  for (; i < count; i++) store<f32>(to + (i << 2), load<f32>(from + (i << 2)));
}

function clear(to: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) v128.store(to + (i << 2), f32x4.splat(0));
  for (; i < count; i++) store<f32>(to + (i << 2), 0);
}

function addTo(to: usize, from: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) v128.store(to + (i << 2), f32x4.add(v128.load(to + (i << 2)), v128.load(from + (i << 2))));
  for (; i < count; i++) store<f32>(to + (i << 2), load<f32>(to + (i << 2)) + load<f32>(from + (i << 2)));
}

/** Lays the patches of output positions from ≤ p < to out as rows; with `back`, adds such rows to the places that they came from. */
function patches(x: usize, g: usize, from: i32, to: i32, rows: usize, back: bool): void {
  const across = outWidth(g);
  const area = outHeight(g) * across;
  const depth = inChannels(g);
  const height = inHeight(g);
  const width = inWidth(g);
  for (let p = from; p < to; p++) {
    const image = p / area;
    const place = p - image * area;
    const y0 = (place / across) * strideHeight(g) - top(g);
    const x0 = (place % across) * strideWidth(g) - left(g);
    for (let fy = 0; fy < filterHeight(g); fy++) {
      const iy = y0 + fy * dilationHeight(g);
      const inside = iy >= 0 && iy < height;
      const line = x + (((image * height + iy) * width * depth) << 2);
      if (inside && dilationWidth(g) === 1 && x0 >= 0 && x0 + filterWidth(g) <= width) {
        const at = line + ((x0 * depth) << 2);
        const count = filterWidth(g) * depth;
        if (back) addTo(at, rows, count);
        else copy(rows, at, count);
        rows += <usize>(count << 2);
        continue;
      }
      for (let fx = 0; fx < filterWidth(g); fx++) {
        const ix = x0 + fx * dilationWidth(g);
        const here = inside && ix >= 0 && ix < width;
        if (back) {
          if (here) addTo(line + ((ix * depth) << 2), rows, depth);
        } else if (here) copy(rows, line + ((ix * depth) << 2), depth);
        else clear(rows, depth);
        rows += <usize>(depth << 2);
      }
    }
  }
}

/** out (filter height × width × in × out channels) = Σ over positions of patch(x)ᵀ · dy. */
export function filterGradient(x: usize, dy: usize, out: usize, g: usize, room: usize): void {
  const patch = filterHeight(g) * filterWidth(g) * inChannels(g);
  const columns = outChannels(g);
  const positions = batch(g) * outHeight(g) * outWidth(g);
  const step = together(g);
  const panels = room + ((min(step, positions) * patch * 4 + 63) & ~63);
  clear(out, patch * columns);
  for (let from = 0; from < positions; from += step) {
    const count = min(step, positions - from);
    patches(x, g, from, from + count, room, false);
    pack(dy + ((from * columns) << 2), columns, 1, count, columns, panels);
    multiply(room, 1, patch, panels, out, patch, count, columns, true);
  }
}

/** out (the shape of the input) = the rows of dy · filterᵀ, each added to where its patch was taken. */
export function inputGradient(dy: usize, filter: usize, out: usize, g: usize, room: usize): void {
  const patch = filterHeight(g) * filterWidth(g) * inChannels(g);
  const depth = outChannels(g);
  const positions = batch(g) * outHeight(g) * outWidth(g);
  const step = together(g);
  const panels = room + ((min(step, positions) * patch * 4 + 63) & ~63);
  clear(out, batch(g) * inHeight(g) * inWidth(g) * inChannels(g));
  pack(filter, 1, depth, depth, patch, panels);
  for (let from = 0; from < positions; from += step) {
    const count = min(step, positions - from);
    multiply(dy + ((from * depth) << 2), depth, 1, panels, room, count, depth, patch, false);
    patches(out, g, from, from + count, room, true);
  }
}

/** c (rows × columns) = a · b with elements addressed by steps, so that either may be turned. */
export function turnedProduct(a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32, c: usize, rows: i32, shared: i32, columns: i32, room: usize): void {
  pack(b, bRow, bColumn, shared, columns, room);
  multiply(a, aRow, aColumn, room, c, rows, shared, columns, false);
}

/** dy goes to the largest number of each window, the first in row-major order where several are equal. A window without a number gets nothing. */
export function maxPoolGradient(x: usize, dy: usize, out: usize, g: usize): void {
  const depth = inChannels(g);
  const height = inHeight(g);
  const width = inWidth(g);
  const pixel = <usize>(depth << 2);
  clear(out, batch(g) * height * width * depth);
  for (let n = 0; n < batch(g); n++) {
    const image = n * height * width;
    for (let oy = 0; oy < outHeight(g); oy++) {
      const y0 = oy * strideHeight(g) - top(g);
      const yFrom = max(0, y0);
      const yTo = min(height, y0 + filterHeight(g));
      for (let ox = 0; ox < outWidth(g); ox++) {
        const x0 = ox * strideWidth(g) - left(g);
        const xFrom = max(0, x0);
        const xTo = min(width, x0 + filterWidth(g));
        let c = 0;
        for (; c + 4 <= depth; c += 4) {
          let best = f32x4.splat(-Infinity);
          for (let iy = yFrom; iy < yTo; iy++) {
            let at = x + <usize>(image + iy * width + xFrom) * pixel + (c << 2);
            for (let ix = xFrom; ix < xTo; ix++, at += pixel) best = f32x4.pmax(best, v128.load(at));
          }
          const share = v128.load(dy + (c << 2));
          let free = i32x4.splat(-1);
          for (let iy = yFrom; iy < yTo; iy++) {
            let from = <usize>(image + iy * width + xFrom) * pixel + (c << 2);
            for (let ix = xFrom; ix < xTo; ix++, from += pixel) {
              const chosen = v128.and(free, f32x4.eq(v128.load(x + from), best));
              v128.store(out + from, f32x4.add(v128.load(out + from), v128.and(chosen, share)));
              free = v128.andnot(free, chosen);
            }
          }
        }
        for (; c < depth; c++) {
          let best: f32 = -Infinity;
          let place: usize = 0;
          let found = false;
          for (let iy = yFrom; iy < yTo; iy++) {
            let from = <usize>(image + iy * width + xFrom) * pixel + (c << 2);
            for (let ix = xFrom; ix < xTo; ix++, from += pixel) {
              const value = load<f32>(x + from);
              if (value > best || (!found && value === best)) {
                best = value;
                place = from;
                found = true;
              }
            }
          }
          if (found) store<f32>(out + place, load<f32>(out + place) + load<f32>(dy + (c << 2)));
        }
        dy += pixel;
      }
    }
  }
}

/** Depthwise: out (filter height × width × channels × multiplier) = Σ over positions of x · dy. */
export function depthwiseFilterGradient(x: usize, dy: usize, out: usize, g: usize): void {
  const depth = inChannels(g);
  const times = outChannels(g) / depth;
  clear(out, filterHeight(g) * filterWidth(g) * outChannels(g));
  for (let n = 0; n < batch(g); n++)
    for (let oy = 0; oy < outHeight(g); oy++)
      for (let ox = 0; ox < outWidth(g); ox++) {
        for (let fy = 0; fy < filterHeight(g); fy++) {
          const iy = oy * strideHeight(g) - top(g) + fy * dilationHeight(g);
          if (iy < 0 || iy >= inHeight(g)) continue;
          for (let fx = 0; fx < filterWidth(g); fx++) {
            const ix = ox * strideWidth(g) - left(g) + fx * dilationWidth(g);
            if (ix < 0 || ix >= inWidth(g)) continue;
            const from = x + ((((n * inHeight(g) + iy) * inWidth(g) + ix) * depth) << 2);
            const to = out + (((fy * filterWidth(g) + fx) * depth * times) << 2);
            let c = 0;
            if (times === 1)
              for (; c + 4 <= depth; c += 4) {
                const at = to + (c << 2);
                v128.store(at, f32x4.add(v128.load(at), f32x4.mul(v128.load(from + (c << 2)), v128.load(dy + (c << 2)))));
              }
            for (; c < depth; c++) {
              const value = load<f32>(from + (c << 2));
              for (let m = c * times; m < (c + 1) * times; m++) store<f32>(to + (m << 2), load<f32>(to + (m << 2)) + value * load<f32>(dy + (m << 2)));
            }
          }
        }
        dy += <usize>(depth * times) << 2;
      }
}

/** Depthwise: out (the shape of the input) = Σ over the positions that saw a place of dy · filter. */
export function depthwiseInputGradient(dy: usize, filter: usize, out: usize, g: usize): void {
  const depth = inChannels(g);
  const times = outChannels(g) / depth;
  clear(out, batch(g) * inHeight(g) * inWidth(g) * depth);
  for (let n = 0; n < batch(g); n++)
    for (let oy = 0; oy < outHeight(g); oy++)
      for (let ox = 0; ox < outWidth(g); ox++) {
        for (let fy = 0; fy < filterHeight(g); fy++) {
          const iy = oy * strideHeight(g) - top(g) + fy * dilationHeight(g);
          if (iy < 0 || iy >= inHeight(g)) continue;
          for (let fx = 0; fx < filterWidth(g); fx++) {
            const ix = ox * strideWidth(g) - left(g) + fx * dilationWidth(g);
            if (ix < 0 || ix >= inWidth(g)) continue;
            const to = out + ((((n * inHeight(g) + iy) * inWidth(g) + ix) * depth) << 2);
            const weights = filter + (((fy * filterWidth(g) + fx) * depth * times) << 2);
            let c = 0;
            if (times === 1)
              for (; c + 4 <= depth; c += 4) {
                const at = to + (c << 2);
                v128.store(at, f32x4.add(v128.load(at), f32x4.mul(v128.load(weights + (c << 2)), v128.load(dy + (c << 2)))));
              }
            for (; c < depth; c++) {
              let sum: f32 = 0;
              for (let m = c * times; m < (c + 1) * times; m++) sum += load<f32>(weights + (m << 2)) * load<f32>(dy + (m << 2));
              store<f32>(to + (c << 2), load<f32>(to + (c << 2)) + sum);
            }
          }
        }
        dy += <usize>(depth * times) << 2;
      }
}

/** out (segments × inner): each row of x added to the row that its id names; ids outside 0 … segments − 1 are left out. */
export function segmentSum(x: usize, ids: usize, out: usize, rows: i32, inner: i32, segments: i32): void {
  clear(out, segments * inner);
  for (let i = 0; i < rows; i++) {
    const segment = load<i32>(ids + (i << 2));
    if (segment >= 0 && segment < segments) addTo(out + ((segment * inner) << 2), x + ((i * inner) << 2), inner);
  }
}

/** out = dy where y, the output of a ReLU, is positive, else 0. */
export function reluGradient(dy: usize, y: usize, out: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = i << 2;
    v128.store(out + at, v128.and(v128.load(dy + at), f32x4.gt(v128.load(y + at), f32x4.splat(0))));
  }
  for (; i < count; i++) store<f32>(out + (i << 2), load<f32>(y + (i << 2)) > 0 ? load<f32>(dy + (i << 2)) : 0);
}

/**
 * One step of Adam over flat vectors: p2 = p · keep − rate · m2 / (√v2 + epsilon), where m2 and v2 are the moments moved towards g and g².
 * `keep` is 0 (nothing decays) or an address. The outputs may be the inputs.
 */
export function adam(p: usize, g: usize, m: usize, v: usize, keep: usize, p2: usize, m2: usize, v2: usize, count: i32, rate: f32, beta1: f32, beta2: f32, epsilon: f32): void {
  const first = f32x4.splat(beta1);
  const rest = f32x4.splat(1 - beta1);
  const second = f32x4.splat(beta2);
  const rest2 = f32x4.splat(1 - beta2);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = i << 2;
    const gradient = v128.load(g + at);
    const mean = f32x4.add(f32x4.mul(first, v128.load(m + at)), f32x4.mul(rest, gradient));
    const square = f32x4.add(f32x4.mul(second, v128.load(v + at)), f32x4.mul(rest2, f32x4.mul(gradient, gradient)));
    v128.store(m2 + at, mean);
    v128.store(v2 + at, square);
    const old = keep === 0 ? v128.load(p + at) : f32x4.mul(v128.load(p + at), v128.load(keep + at));
    v128.store(p2 + at, f32x4.sub(old, f32x4.div(f32x4.mul(f32x4.splat(rate), mean), f32x4.add(f32x4.sqrt(square), f32x4.splat(epsilon)))));
  }
  for (; i < count; i++) {
    const at = i << 2;
    const gradient = load<f32>(g + at);
    const mean = beta1 * load<f32>(m + at) + (1 - beta1) * gradient;
    const square = beta2 * load<f32>(v + at) + (1 - beta2) * (gradient * gradient);
    store<f32>(m2 + at, mean);
    store<f32>(v2 + at, square);
    const old = keep === 0 ? load<f32>(p + at) : load<f32>(p + at) * load<f32>(keep + at);
    store<f32>(p2 + at, old - (rate * mean) / (sqrt<f32>(square) + epsilon));
  }
}
