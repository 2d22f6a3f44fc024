/** @file The twin of `workers/kernels/assembly/additive.ts` in TypeScript: for browsers without SIMD, and to read. The same bits. */

import { exp64, log64 } from '../../../src/domain/exactMath';
import { copiesOf, type Arithmetic, type Column, type Problem } from './arithmetic';

const round = Math.fround;
const powers = Float32Array.from({ length: 254 }, (_, i) => 2 ** (i - 126));
const log2e = round(1.4426950408889634);
const ln2Low = round(-2.1219444e-4);
const taylor = [1.987569150e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.5].map(round);

/** e^x in float32, within 2 ulp, of x cut to ±87 (polynomial of Cephes' expf; Moshier 1989). */
export function exp32(given: number): number {
  const x = Math.min(Math.max(given, -87), 87);
  if (x !== x) return x;
  const shift = 12582912; // 1.5 × 2^23: to the nearest whole number, halves to even
  const k = round(round(round(x * log2e) + shift) - shift);
  const r = round(round(x - round(k * 0.693359375)) - round(k * ln2Low));
  let p = taylor[0]!;
  for (let i = 1; i < 6; i++) p = round(round(p * r) + taylor[i]!);
  p = round(round(round(round(p * r) * r) + r) + 1);
  return round(p * powers[k + 126]!);
}

interface Kept {
  readonly all: Column;
  readonly cells: number;
  own: Column;
}

export class PlainArithmetic implements Arithmetic {
  readonly backend = 'plain';
  readonly #problem: Problem;
  readonly #columns: Kept[] = [];
  readonly #targets: Float32Array;
  readonly #weights: Float32Array;
  /** One plane of `most` rows an output. */
  readonly #logits: Float32Array;
  readonly #gradient: Float32Array;
  readonly #curvature: Float32Array;
  #histogram = new Float64Array(0);
  #order: Uint32Array = new Uint32Array(0);

  constructor(problem: Problem) {
    const { most, outputs } = problem;
    this.#problem = problem;
    this.#targets = new Float32Array(most);
    this.#weights = new Float32Array(most);
    this.#logits = new Float32Array(most * outputs);
    this.#gradient = new Float32Array(most * outputs);
    this.#curvature = new Float32Array(most * outputs);
  }

  addColumn(column: Column, cells: number): number {
    this.#columns.push({ all: column, cells, own: column.slice(0, 0) });
    return this.#columns.length - 1;
  }

  select(order: Uint32Array): void {
    const { targets, weights } = this.#problem;
    this.#order = order;
    for (let i = 0; i < order.length; i++) {
      this.#targets[i] = targets[order[i]!]!;
      this.#weights[i] = weights[order[i]!]!;
    }
  }

  gather(column: number): void {
    const kept = this.#columns[column]!;
    const { all } = kept;
    const { most } = this.#problem;
    if (kept.own.length === 0) kept.own = all instanceof Uint8Array ? new Uint8Array(most) : new Uint16Array(most);
    const { own } = kept;
    for (let i = 0; i < this.#order.length; i++) own[i] = all[this.#order[i]!]!;
  }

  sumLogits(base: Float64Array, columns: readonly number[], tables: readonly Float64Array[], from: number, to: number): void {
    const { outputs, most } = this.#problem;
    const own = columns.map((index) => this.#columns[index]!.own);
    for (let k = 0; k < outputs; k++) {
      for (let i = from; i < to; i++) {
        let sum = base[k]!;
        for (let t = 0; t < own.length; t++) sum += tables[t]![own[t]![i]! * outputs + k]!;
        this.#logits[k * most + i] = sum;
      }
    }
  }

  beginHistogram(column: number): void {
    const { outputs } = this.#problem;
    const size = this.#columns[column]!.cells * outputs * 2;
    const all = size * copiesOf(this.#columns[column]!.cells, outputs);
    if (this.#histogram.length < all) this.#histogram = new Float64Array(all);
    else this.#histogram.fill(0, 0, all);
  }

  step(previous: number | undefined, update: Float32Array, next: number, from: number, to: number): void {
    const { outputs, most } = this.#problem;
    if (previous !== undefined) {
      const { own } = this.#columns[previous]!;
      for (let k = 0; k < outputs; k++) for (let i = from; i < to; i++) this.#logits[k * most + i]! += update[own[i]! * outputs + k]!;
    }
    this.keepGradients(from, to);
    const { own, cells } = this.#columns[next]!;
    const apart = copiesOf(cells, outputs) === 1 ? 0 : cells * outputs * 2;
    for (let k = 0; k < outputs; k++) {
      for (let i = from; i < to; i++) {
        const at = (i & 3) * apart + (own[i]! * outputs + k) * 2;
        this.#histogram[at]! += this.#gradient[k * most + i]!;
        this.#histogram[at + 1]! += this.#curvature[k * most + i]!;
      }
    }
  }

  histogram(column: number): Float64Array {
    const { cells } = this.#columns[column]!;
    const { outputs } = this.#problem;
    const size = cells * outputs * 2;
    const all = this.#histogram;
    if (copiesOf(cells, outputs) === 4) for (let i = 0; i < size; i++) all[i] = all[i]! + all[size + i]! + all[2 * size + i]! + all[3 * size + i]!;
    return all.subarray(0, size);
  }

  keepGradients(from: number, to: number): void {
    const { loss, outputs, most } = this.#problem;
    const [logits, targets, weights, gradient, curvature] = [this.#logits, this.#targets, this.#weights, this.#gradient, this.#curvature];
    for (let i = from; i < to; i++) {
      const y = targets[i]!;
      const w = weights[i]!;
      if (loss === 'squared') {
        gradient[i] = w * round(logits[i]! - y);
        curvature[i] = w;
      } else if (loss === 'logistic') {
        const p = round(1 / round(1 + exp32(-logits[i]!)));
        gradient[i] = w * round(p - y);
        curvature[i] = w * round(p * round(1 - p));
      } else {
        let highest = logits[i]!;
        for (let k = 1; k < outputs; k++) highest = Math.max(highest, logits[k * most + i]!);
        let sum = 0;
        for (let k = 0; k < outputs; k++) {
          const e = exp32(round(logits[k * most + i]! - highest));
          gradient[k * most + i] = e;
          sum = round(sum + e);
        }
        for (let k = 0; k < outputs; k++) {
          const p = round(gradient[k * most + i]! / sum);
          gradient[k * most + i] = w * round(p - (y === k ? 1 : 0));
          curvature[k * most + i] = w * round(p * round(1 - p));
        }
      }
    }
  }

  pairHistogram(first: number, second: number, width: number, cells: number, output: number, to: number): Float64Array {
    const a = this.#columns[first]!.own;
    const b = this.#columns[second]!.own;
    if (this.#histogram.length < 2 * cells) this.#histogram = new Float64Array(2 * cells);
    const histogram = this.#histogram.subarray(0, 2 * cells).fill(0);
    const plane = output * this.#problem.most;
    for (let i = 0; i < to; i++) {
      const at = 2 * (a[i]! * width + b[i]!);
      histogram[at]! += this.#gradient[plane + i]!;
      histogram[at + 1]! += this.#curvature[plane + i]!;
    }
    return histogram;
  }

  loss(from: number, to: number): number {
    const { loss, outputs, most } = this.#problem;
    let total = 0;
    for (let i = from; i < to; i++) {
      const w = this.#weights[i]!;
      if (w === 0) continue;
      const y = this.#targets[i]!;
      const z = this.#logits[i]!;
      if (loss === 'squared') total += (w * (z - y) * (z - y)) / 2;
      else if (loss === 'logistic') {
        const margin = y === 1 ? -z : z;
        total += w * ((margin > 0 ? margin : 0) + log64(1 + exp64(-Math.abs(z))));
      } else {
        let highest = z;
        for (let k = 1; k < outputs; k++) if (this.#logits[k * most + i]! > highest) highest = this.#logits[k * most + i]!;
        let sum = 0;
        for (let k = 0; k < outputs; k++) sum += exp64(this.#logits[k * most + i]! - highest);
        total += w * (highest + log64(sum) - this.#logits[y * most + i]!);
      }
    }
    return total;
  }
}
