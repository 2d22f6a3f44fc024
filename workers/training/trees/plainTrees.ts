/**
 * @file Histograms, partition, walks and prediction in plain TypeScript: with `plainGradients.ts` and `plainSearch.ts` the twin of the kernel `trees`,
 * bit for bit. For browsers without SIMD, and to read.
 */

import type { TreeFunctions } from './arithmetic';
import type { Views } from './plainArena';
import { nearest, plainGradients } from './plainGradients';
import { plainSearch } from './plainSearch';

export function plainTrees(views: Views): TreeFunctions {
  const { f64, f32, i32, u32, u16, u8 } = views;
  const rowAt = (order: number, i: number): number => (order === 0 ? i : u32[order / 4 + i]!);
  // Both halves of a cell stay within 32 bits, so they are added each by itself.
  const add = (cell: number, word: number): void => {
    u32[cell / 4]! += u32[word / 4]!;
    i32[cell / 4 + 1]! += i32[word / 4 + 1]!;
  };
  return {
    ...plainGradients(views),
    ...plainSearch(views),
    build(hist, codes, stride, features, offsets, packed, order, from, to) {
      for (let i = from; i < to; i++) {
        const row = rowAt(order, i);
        for (let f = 0; f < features; f++) add(hist + u32[offsets / 4 + f]! + 8 * u8[codes + row * stride + f]!, packed + 8 * row);
      }
    },
    buildClasses(hist, codes, stride, features, offsets, packed, order, from, to, classOf, classes) {
      for (let i = from; i < to; i++) {
        const row = rowAt(order, i);
        const own = hist + 8 * u16[classOf / 2 + row]!;
        for (let f = 0; f < features; f++) add(own + u32[offsets / 4 + f]! + 8 * classes * u8[codes + row * stride + f]!, packed + 8 * row);
      }
    },
    clear(hist, cells) {
      u8.fill(0, hist, hist + 8 * cells);
    },
    subtract(parent, child, cells) {
      for (let i = 0; i < cells; i++) {
        u32[parent / 4 + 2 * i]! -= u32[child / 4 + 2 * i]!;
        i32[parent / 4 + 2 * i + 1]! -= i32[child / 4 + 2 * i + 1]!;
      }
    },
    total(from, cells, out) {
      let g = 0;
      let h = 0;
      for (let b = 0; b < cells; b++) {
        h += u32[from / 4 + 2 * b]!;
        g += i32[from / 4 + 2 * b + 1]!;
      }
      f64[out / 8] = g;
      f64[out / 8 + 1] = h;
    },
    partition(order, spare, from, to, codes, stride, table) {
      let left = order / 4 + from;
      let right = spare / 4;
      for (let at = left; at < order / 4 + to; at++) {
        const row = u32[at]!;
        if (u8[table + u8[codes + row * stride]!] === 1) u32[left++] = row;
        else u32[right++] = row;
      }
      u32.copyWithin(left, spare / 4, right);
      return left - order / 4 - from;
    },
    leafSums(order, from, to, gh, scaleG, scaleH, out) {
      let g = 0;
      let h = 0;
      for (let i = from; i < to; i++) {
        const at = gh / 8 + 2 * u32[order / 4 + i]!;
        g += nearest(f64[at]! * scaleG);
        h += nearest(f64[at + 1]! * scaleH);
      }
      f64[out / 8] = g;
      f64[out / 8 + 1] = h;
    },
    addToRows(order, from, to, margins, outputs, k, value) {
      for (let i = from; i < to; i++) f64[margins / 8 + u32[order / 4 + i]! * outputs + k]! += value;
    },
    walk(codes, stride, order, from, to, nodes, tables, values, width, margins, outputs, k) {
      for (let i = from; i < to; i++) {
        const row = rowAt(order, i);
        let node = 0;
        for (let feature = i32[nodes / 4]!; feature >= 0; feature = i32[nodes / 4 + 2 * node]!) {
          node = i32[nodes / 4 + 2 * node + 1]! + 1 - u8[tables + 256 * node + u8[codes + row * stride + feature]!]!;
        }
        const leaf = i32[nodes / 4 + 2 * node + 1]!;
        for (let j = 0; j < width; j++) f64[margins / 8 + row * outputs + k + j]! += f64[values / 8 + leaf * width + j]!;
      }
    },
    predict(n, x, features, trees, count, nodes, values, width, outputs, sets, margins) {
      for (let i = 0; i < n; i++) {
        for (let t = 0; t < count; t++) {
          const tree = nodes + u32[trees / 4 + 2 * t]!;
          let node = 0;
          let flags = u32[tree / 4 + 3]!;
          while ((flags & 2) === 0) {
            const at = (tree + node) / 4;
            const value = f32[(x + 4 * features * i + u32[at]!) / 4]!;
            const isSet = (flags & 4) !== 0;
            const goesRight = isSet ? ((u32[sets / 4 + 8 * (flags >>> 3) + (value >> 5)]! >>> (value & 31)) & 1) === 0 : value > f32[at + 1]! || (value !== value && (flags & 1) === 0);
            node = u32[at + 2]! + (goesRight ? 16 : 0);
            flags = u32[(tree + node) / 4 + 3]!;
          }
          const to = margins / 8 + i * outputs + (width === 1 ? t % outputs : 0);
          for (let j = 0; j < width; j++) f64[to + j]! += f32[values / 4 + (flags >>> 2) * width + j]!;
        }
      }
    },
  };
}
