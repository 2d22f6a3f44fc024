/** @file The search for the best split in plain TypeScript: the twin of that part of the kernel `trees`, bit for bit. */

import type { TreeFunctions } from './arithmetic';
import type { Views } from './plainArena';

interface Best {
  score: number;
  feature: number;
  bin: number;
  missingLeft: number;
  g: number;
  h: number;
}

export function plainSearch({ f64, i32, u32, i8, u8 }: Views): Pick<TreeFunctions, 'search' | 'searchClasses'> {
  const gOf = (cell: number): number => i32[cell / 4 + 1]!;
  const hOf = (cell: number): number => u32[cell / 4]!;
  const isEmpty = (cell: number): boolean => hOf(cell) === 0 && gOf(cell) === 0;
  const writeSet = (out: number, ranked: readonly number[], from: number, to: number): void => {
    const set = out / 4 + 12;
    u32.fill(0, set, set + 8);
    for (const bin of ranked.slice(from, to)) u32[set + (bin >> 5)]! |= 1 << (bin & 31);
  };
  const writeBest = (out: number, best: Best): void => f64.set([best.score, best.feature, best.bin, best.missingLeft, best.g, best.h], out / 8);
  const nothing = (): Best => ({ score: -Infinity, feature: -1, bin: 0, missingLeft: 0, g: 0, h: 0 });

  return {
    search(hist, features, offsets, bins, mask, monotone, settings, g, h, out) {
      const [l2, leastWeight, stepG, stepH, lower, upper, smooth, categoryL2, oneHot, bounded] = f64.subarray(settings / 8, settings / 8 + 10) as unknown as readonly [number, number, number, number, number, number, number, number, number, number];
      const best = nothing();
      const clamped = (w: number): number => (w < lower ? lower : w > upper ? upper : w);

      const rate = (gl: number, hl: number, penalty: number, direction: number, feature: number, bin: number, missingLeft: number): boolean => {
        const HL = hl * stepH;
        const HR = (h - hl) * stepH;
        if (HL < leastWeight || HR < leastWeight) return false;
        const dl = HL + penalty;
        const dr = HR + penalty;
        if (!(dl > 0 && dr > 0)) return false;
        const GL = gl * stepG;
        const GR = (g - gl) * stepG;
        let score: number;
        if (bounded !== 0) {
          const wl = clamped(-GL / dl);
          const wr = clamped(-GR / dr);
          if (direction > 0 ? wl > wr : direction < 0 ? wl < wr : false) return false;
          score = -(2 * GL * wl + dl * wl * wl) - (2 * GR * wr + dr * wr * wr);
        } else score = (GL * GL) / dl + (GR * GR) / dr;
        if (!(score > best.score)) return false;
        Object.assign(best, { score, feature, bin, missingLeft, g: gl, h: hl });
        return true;
      };

      const searchNumbers = (first: number, count: number, feature: number): void => {
        const direction = i8[monotone + feature]!;
        const hasMissing = !isEmpty(first);
        let gl = 0;
        let hl = 0;
        for (let bin = 1; bin <= (hasMissing ? count : count - 1); bin++) {
          const cell = first + 8 * bin;
          if (isEmpty(cell)) continue;
          gl += gOf(cell);
          hl += hOf(cell);
          rate(gl, hl, l2, direction, feature, bin, 0);
          if (hasMissing && bin < count) rate(gl + gOf(first), hl + hOf(first), l2, direction, feature, bin, 1);
        }
      };

      const searchCategories = (first: number, count: number, feature: number): void => {
        const seen = Array.from({ length: count }, (_, at) => at + 1).filter((bin) => !isEmpty(first + 8 * bin));
        const ratio = (bin: number): number => (gOf(first + 8 * bin) * stepG) / (hOf(first + 8 * bin) * stepH + smooth);
        const isOneHot = seen.length <= oneHot;
        const ratios = new Map(seen.map((bin) => [bin, ratio(bin)]));
        const up = isOneHot ? seen : seen.sort((a, b) => (ratios.get(a)! < ratios.get(b)! ? -1 : ratios.get(b)! < ratios.get(a)! ? 1 : 0));
        for (const ranked of isEmpty(first) || isOneHot ? [up] : [up, [...up].reverse()]) {
          let gl = 0;
          let hl = 0;
          ranked.forEach((bin, j) => {
            const cell = first + 8 * bin;
            gl = isOneHot ? gOf(cell) : gl + gOf(cell);
            hl = isOneHot ? hOf(cell) : hl + hOf(cell);
            if (rate(gl, hl, isOneHot ? l2 : l2 + categoryL2, 0, feature, 0, 0)) writeSet(out, ranked, isOneHot ? j : 0, j + 1);
          });
        }
      };

      for (let f = 0; f < features; f++) {
        if (u8[mask + f] === 0) continue;
        const count = i32[bins / 4 + f]!;
        const first = hist + u32[offsets / 4 + f]!;
        if (count < 0) searchCategories(first, -count, f);
        else searchNumbers(first, count, f);
      }
      writeBest(out, best);
    },

    searchClasses(hist, features, offsets, bins, mask, settings, classes, totals, major, out) {
      const leastWeight = f64[settings / 8 + 1]!;
      const stepH = f64[settings / 8 + 3]!;
      const best = nothing();

      const rate = (left: Float64Array, absent: number | undefined, feature: number, bin: number): boolean => {
        let [hl, hr, squaresL, squaresR] = [0, 0, 0, 0];
        for (let k = 0; k < classes; k++) {
          const l = left[k]! + (absent === undefined ? 0 : hOf(absent + 8 * k));
          const r = f64[totals / 8 + k]! - l;
          hl += l;
          hr += r;
          squaresL += l * l;
          squaresR += r * r;
        }
        if (hl * stepH < leastWeight || hr * stepH < leastWeight || !(hl > 0 && hr > 0)) return false;
        const score = (squaresL / hl + squaresR / hr) * stepH;
        if (!(score > best.score)) return false;
        Object.assign(best, { score, feature, bin, missingLeft: absent === undefined ? 0 : 1, h: hl });
        return true;
      };

      for (let f = 0; f < features; f++) {
        if (u8[mask + f] === 0) continue;
        const count = i32[bins / 4 + f]!;
        const first = hist + u32[offsets / 4 + f]!;
        const cellOf = (bin: number): number => first + 8 * classes * bin;
        let hasMissing = false;
        for (let k = 0; k < classes; k++) if (!isEmpty(first + 8 * k)) hasMissing = true;
        const share = new Map<number, number>();
        for (let bin = 1; bin <= Math.abs(count); bin++) {
          let all = 0;
          for (let k = 0; k < classes; k++) all += hOf(cellOf(bin) + 8 * k);
          if (all > 0) share.set(bin, hOf(cellOf(bin) + 8 * major) / all);
        }
        const isSet = count < 0;
        const up = [...share.keys()];
        if (isSet) up.sort((a, b) => (share.get(a)! < share.get(b)! ? -1 : share.get(b)! < share.get(a)! ? 1 : 0));
        for (const ranked of isSet && hasMissing ? [up, [...up].reverse()] : [up]) {
          const left = new Float64Array(classes);
          ranked.forEach((bin, j) => {
            for (let k = 0; k < classes; k++) left[k]! += hOf(cellOf(bin) + 8 * k);
            if (rate(left, undefined, f, isSet ? 0 : bin) && isSet) writeSet(out, ranked, 0, j + 1);
            if (!isSet && hasMissing && j < ranked.length - 1) rate(left, first, f, bin);
          });
        }
      }
      writeBest(out, best);
    },
  };
}
