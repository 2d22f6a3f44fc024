/** @file Drives the kernel of dense networks: lays a network out in its memory and calls it. */

import { bytes } from 'kernel:dense';
import { startKernel, type Kernel } from '../../kernels/kernel';
import { kernelFunctions, type DenseFunctions } from './kernelFunctions';
import { four, layoutOf, type Layout } from './layout';
import { chanceWords, shuffleAt, type DenseMachine } from './machine';
import { fromPanels, toPanels } from './panels';
import { copyRows, type DenseRows } from './rows';
import type { DenseRules, DenseShape } from './shape';
import { stepNumbers } from './schedule';
import type { DenseValues, LayerValues } from './values';
import { networkWords } from './kernelWords';
import type { Numbers } from '../savedState';

/** Products a millisecond on a slow machine. */
const pace = 4e6;
/** Steps whose numbers are handed over in one call. */
export const mostSteps = 4096;
/** Chunks of rows that are handed over together to be scored or answered. */
const rowsTogether = 1024;

/**
 * @param training rows to learn from; without them the network can only answer and score
 * @throws Refusal engineUnavailable, outOfMemory
 */
export async function kernelNet(shape: DenseShape, rules: DenseRules, values: DenseValues, training?: DenseRows): Promise<DenseMachine> {
  const kernel = await startKernel<DenseFunctions>('dense', bytes);
  return new KernelNet(kernel, shape, rules, values, training);
}

class KernelNet implements DenseMachine {
  readonly pace = pace;
  readonly #run: DenseFunctions;
  readonly #layout: Layout;
  readonly #at: ReturnType<typeof networkWords>;
  readonly #rows: number;
  readonly #outputs: number;
  readonly #together: number;

  constructor(
    readonly kernel: Kernel<DenseFunctions>,
    readonly shape: DenseShape,
    readonly rules: DenseRules,
    values: DenseValues,
    training: DenseRows | undefined,
  ) {
    this.#run = kernelFunctions(kernel);
    this.#layout = layoutOf(shape, four);
    this.#rows = training?.rows ?? 0;
    this.#outputs = this.#layout.layers.at(-1)!.columns;
    this.#together = Math.max(rules.chunk, Math.floor(rowsTogether / rules.chunk) * rules.chunk);
    this.#at = networkWords(kernel, shape, rules, this.#layout, training, { steps: training ? mostSteps * stepNumbers : 0, block: this.#together });
    this.#put(values);
  }

  reorder(words: readonly number[]): void {
    this.kernel.words(this.#at.chance, chanceWords).set(words, shuffleAt);
    this.#run.reorder(this.#at.net, this.#rows);
  }

  train(from: number, to: number, steps: Float32Array, total: number): number {
    this.kernel.floats(this.#at.steps, mostSteps * stepNumbers).set(steps);
    return this.#run.train(this.#at.net, this.#rows, from, to, this.#at.steps, total);
  }

  score(rows: DenseRows, from: number, to: number, total: number): number {
    const { chunk } = this.rules;
    for (let start = from; start < to; start += this.#together) {
      const end = Math.min(to, start + this.#together);
      this.#load(rows, start, end);
      for (let i = start; i < end; i += chunk) {
        const count = Math.min(chunk, end - i);
        this.kernel.floats(this.#at.ys, count).set(rows.y.subarray(i, i + count));
        if (rows.w) this.kernel.floats(this.#at.ws, count).set(rows.w.subarray(i, i + count));
        else this.kernel.floats(this.#at.ws, count).fill(1);
        total = this.#run.score(this.#at.net, this.#x(i - start), this.#codes(i - start), count, total);
      }
    }
    return total;
  }

  answer(rows: Pick<DenseRows, 'rows' | 'x' | 'codes'>, from: number, to: number): Float32Array {
    const { chunk } = this.rules;
    const width = this.shape.layers.at(-1)!.outputs;
    const answers = new Float32Array((to - from) * width);
    for (let start = from; start < to; start += this.#together) {
      const end = Math.min(to, start + this.#together);
      this.#load(rows, start, end);
      for (let i = start; i < end; i += chunk) {
        const count = Math.min(chunk, end - i);
        const found = this.kernel.floats(this.#run.answer(this.#at.net, this.#x(i - start), this.#codes(i - start), count), count * this.#outputs);
        if (width === this.#outputs) answers.set(found, (i - from) * width);
        else for (let m = 0; m < count; m++) answers.set(found.subarray(m * this.#outputs, m * this.#outputs + width), (i - from + m) * width);
      }
    }
    return answers;
  }

  begin(chance: readonly number[]): void {
    this.kernel.words(this.#at.chance, chanceWords).set(chance);
  }

  chance(): number[] {
    return Array.from(this.kernel.words(this.#at.chance, chanceWords), (word) => word >>> 0);
  }

  numbers(): Float32Array {
    return this.kernel.floats(this.#at.parameters, this.#layout.size).slice();
  }

  moments(): readonly Float32Array[] {
    return this.#at.moments.map((at) => this.kernel.floats(at, this.#layout.learnt).slice());
  }

  restore(chance: readonly number[], numbers: Numbers, moments: readonly Numbers[]): void {
    this.begin(chance);
    this.kernel.floats(this.#at.parameters, this.#layout.size).set(numbers);
    this.#at.moments.forEach((at, i) => this.kernel.floats(at, this.#layout.learnt).set(moments[i]!));
  }

  values(numbers: Numbers): DenseValues {
    const all = numbers as Float32Array;
    const layers = this.shape.layers.map(({ inputs, outputs, norm }, l): LayerValues => {
      const { rows, columns, weights, bias, scale, shift, running } = this.#layout.layers[l]!;
      return {
        weights: fromPanels(all.subarray(weights, weights + rows * columns), rows, columns, inputs, outputs),
        bias: all.slice(bias, bias + outputs),
        ...(norm === 'none' ? {} : { scale: all.slice(scale, scale + outputs), shift: all.slice(shift, shift + outputs) }),
        ...(norm === 'batch' ? { mean: all.slice(running, running + outputs), variance: all.slice(running + columns, running + columns + outputs) } : {}),
      };
    });
    const tables = this.shape.embeddings.map(({ categories, width }, e) => {
      const { at, stride } = this.#layout.tables[e]!;
      const table = new Float32Array((categories + 1) * width);
      for (let i = 0; i <= categories; i++) table.set(all.subarray(at + i * stride, at + i * stride + width), i * width);
      return table;
    });
    return { layers, tables };
  }

  #put({ layers, tables }: DenseValues): void {
    const all = this.kernel.floats(this.#at.parameters, this.#layout.size);
    layers.forEach((own, l) => {
      const { inputs, outputs } = this.shape.layers[l]!;
      const { rows, columns, weights, bias, scale, shift, running } = this.#layout.layers[l]!;
      toPanels(own.weights, inputs, outputs, all.subarray(weights, weights + rows * columns), rows, columns);
      all.set(own.bias, bias);
      if (own.scale) all.set(own.scale, scale);
      if (own.shift) all.set(own.shift, shift);
      if (own.mean) all.set(own.mean, running);
      if (own.variance) all.set(own.variance, running + columns);
    });
    tables.forEach((table, e) => {
      const { at, stride } = this.#layout.tables[e]!;
      const { categories, width } = this.shape.embeddings[e]!;
      for (let i = 0; i <= categories; i++) all.set(table.subarray(i * width, (i + 1) * width), at + i * stride);
    });
  }

  /** Puts rows start, …, end − 1 where they are scored and answered from. */
  #load({ x, codes }: Pick<DenseRows, 'x' | 'codes'>, start: number, end: number): void {
    const width = this.#layout.numbers.length;
    copyRows(x, width, start, end, this.kernel.floats(this.#at.block, (end - start) * four(width)), four(width));
    const coded = this.shape.embeddings.length;
    if (coded > 0) this.kernel.words(this.#at.blockCodes, (end - start) * coded).set(codes.subarray(start * coded, end * coded));
  }

  #x(row: number): number {
    return this.#at.block + row * four(this.#layout.numbers.length) * 4;
  }

  #codes(row: number): number {
    return this.#at.blockCodes + row * this.shape.embeddings.length * 4;
  }
}
