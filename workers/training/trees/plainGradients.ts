/** @file The gradients of the losses in plain TypeScript: the twin of the first part of the kernel `trees`, bit for bit. */

import { exp64, log64 } from '../../../src/domain/exactMath';
import type { TreeFunctions } from './arithmetic';
import type { Views } from './plainArena';

type Gradients = Pick<TreeFunctions, 'logistic' | 'softmax' | 'softmaxClass' | 'regression' | 'poisson' | 'multiply' | 'largest' | 'roundedSums' | 'pack'>;

/** To the nearest whole number, halves to even, for |x| ≤ 2^51. */
export const nearest = (x: number): number => x + 6755399441055744 - 6755399441055744;

export function plainGradients({ f64, i32, u32 }: Views): Gradients {
  const weightOf = (weights: number, i: number): number => (weights === 0 ? 1 : f64[weights / 8 + i]!);
  const put = (gh: number, i: number, g: number, h: number): void => {
    f64[gh / 8 + 2 * i] = g;
    f64[gh / 8 + 2 * i + 1] = h;
  };
  return {
    logistic(n, y, weights, margins, gh) {
      // Even and odd rows have their own sums, as the lanes of the kernel do.
      const linears = [0, 0];
      const products = [1, 1];
      let logs = 0;
      for (let i = 0; i < n; i++) {
        const m = f64[margins / 8 + i]!;
        const target = f64[y / 8 + i]!;
        const small = exp64(-Math.abs(m));
        const inverse = 1 / (1 + small);
        const minor = small * inverse;
        const g = (m >= 0 ? inverse : minor) - target;
        const wrong = m * (1 - (target + target));
        const linear = wrong > 0 ? wrong : 0;
        if (weights === 0) {
          put(gh, i, g, minor * inverse);
          linears[i & 1]! += linear;
          products[i & 1]! *= 1 + small;
          if ((i & 1) === 1 || i === n - 1) {
            if (((i >> 1) + 1) % 512 === 0) {
              logs += log64(products[0]!) + log64(products[1]!);
              products.fill(1);
            }
          }
        } else {
          const w = f64[weights / 8 + i]!;
          put(gh, i, g * w, minor * inverse * w);
          logs += w * (linear + log64(1 + small));
        }
      }
      return logs + log64(products[0]!) + log64(products[1]!) + linears[0]! + linears[1]!;
    },
    softmax(n, classes, y, weights, margins, probabilities) {
      let loss = 0;
      for (let i = 0; i < n; i++) {
        const from = margins / 8 + i * classes;
        const to = probabilities / 8 + i * classes;
        let highest = -Infinity;
        for (let k = 0; k < classes; k++) highest = Math.max(highest, f64[from + k]!);
        let sum = 0;
        for (let k = 0; k < classes; k++) sum += f64[to + k] = exp64(f64[from + k]! - highest);
        for (let k = 0; k < classes; k++) f64[to + k]! /= sum;
        loss += weightOf(weights, i) * (highest + log64(sum) - f64[from + f64[y / 8 + i]!]!);
      }
      return loss;
    },
    softmaxClass(n, classes, k, y, weights, probabilities, gh) {
      for (let i = 0; i < n; i++) {
        const p = f64[probabilities / 8 + i * classes + k]!;
        const w = weightOf(weights, i);
        put(gh, i, (p - (f64[y / 8 + i] === k ? 1 : 0)) * w, 2 * p * (1 - p) * w);
      }
    },
    regression(kind, n, y, weights, margins, gh, scale, shape) {
      let loss = 0;
      for (let i = 0; i < n; i++) {
        const r = (f64[margins / 8 + i]! - f64[y / 8 + i]!) / scale;
        const w = weightOf(weights, i);
        let g = r;
        if (kind === 1) {
          g = r > 0 ? 1 - shape : r < 0 ? -shape : 0;
          loss += w * (g * r);
        } else if (kind === 2 && Math.abs(r) > shape) {
          g = r > 0 ? shape : -shape;
          loss += w * (shape * (Math.abs(r) - 0.5 * shape));
        } else loss += w * (0.5 * r * r);
        put(gh, i, g * w, w);
      }
      return loss;
    },
    poisson(n, y, weights, margins, gh) {
      let loss = 0;
      for (let i = 0; i < n; i++) {
        const m = f64[margins / 8 + i]!;
        const target = f64[y / 8 + i]!;
        const w = weightOf(weights, i);
        const mean = exp64(m);
        loss += w * (mean - target - target * (m - (target > 0 ? log64(target) : 0)));
        put(gh, i, (mean - target) * w, mean * 2.0137527074704766 * w);
      }
      return loss;
    },
    multiply(n, gh, factors, to) {
      for (let i = 0; i < n; i++) put(to, i, f64[gh / 8 + 2 * i]! * f64[factors / 8 + i]!, f64[gh / 8 + 2 * i + 1]! * f64[factors / 8 + i]!);
    },
    largest(n, gh, out) {
      for (let lane = 0; lane < 2; lane++) {
        let most = 0;
        for (let i = 0; i < n; i++) if (Math.abs(f64[gh / 8 + 2 * i + lane]!) > most) most = Math.abs(f64[gh / 8 + 2 * i + lane]!);
        f64[out / 8 + lane] = most;
      }
    },
    roundedSums(n, gh, scaleG, scaleH, out) {
      for (const [lane, scale] of [scaleG, scaleH].entries()) {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += Math.ceil(Math.abs(f64[gh / 8 + 2 * i + lane]!) * scale);
        f64[out / 8 + lane] = sum;
      }
    },
    pack(n, gh, scaleG, scaleH, packed) {
      // A word in memory: h in its lower half, which comes first, g in the upper.
      for (let i = 0; i < n; i++) {
        i32[packed / 4 + 2 * i + 1] = nearest(f64[gh / 8 + 2 * i]! * scaleG);
        u32[packed / 4 + 2 * i] = nearest(f64[gh / 8 + 2 * i + 1]! * scaleH);
      }
    },
  };
}
