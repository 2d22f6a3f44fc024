/** @file The twin of the kernel of dense networks, in TypeScript: for browsers without SIMD, and the reference that the kernel is compared with. */

import { Refusal } from '../../../src/domain/refusal';
import type { Numbers } from '../savedState';
import { layoutOf, type Layout } from './layout';
import { chanceWords, shuffleAt, type DenseMachine } from './machine';
import { dropFactors, shuffleRows } from './plainChance';
import { PlainLayer, type MakeNumbers } from './plainLayer';
import { lossOfRow } from './plainLosses';
import { moveBy } from './plainSteps';
import type { DenseRows } from './rows';
import { stepNumbers } from './schedule';
import { dropBelow, type DenseRules, type DenseShape } from './shape';
import type { DenseValues, LayerValues } from './values';

/** Products a millisecond on a slow machine. */
const pace = 3e5;

/**
 * @param training rows to learn from; without them the network can only answer and score
 * @param make float32 for use, float64 to check gradients
 * @throws Refusal outOfMemory { megabytes }
 */
export function plainNet(shape: DenseShape, rules: DenseRules, values: DenseValues, training?: DenseRows, make: MakeNumbers = (length) => new Float32Array(length)): DenseMachine {
  try {
    return new PlainNet(shape, rules, values, training, make);
  } catch (error) {
    // What a browser says when it gives no more memory.
    if (error instanceof RangeError && /alloc|length|size/i.test(error.message)) throw new Refusal('outOfMemory', { megabytes: Math.ceil((16 * layoutOf(shape, (n) => n).size) / 2 ** 20) });
    throw error;
  }
}

class PlainNet implements DenseMachine {
  readonly pace = pace;
  readonly #layout: Layout;
  readonly #parameters: Numbers;
  readonly #gradients: Numbers;
  readonly #first: Numbers;
  readonly #second: Numbers;
  readonly #layers: readonly PlainLayer[];
  readonly #chance = new Int32Array(chanceWords);
  readonly #order: Int32Array;
  /** Rows of each table that the batch has touched. */
  readonly #touched: readonly Set<number>[];
  /** One chunk: input, targets, weights, and gradients on their way back. */
  readonly #xs: Numbers;
  readonly #ys: Numbers;
  readonly #ws: Numbers;
  #d: Numbers;
  #back: Numbers;

  constructor(
    readonly shape: DenseShape,
    readonly rules: DenseRules,
    values: DenseValues,
    readonly training: DenseRows | undefined,
    make: MakeNumbers,
  ) {
    const layout = (this.#layout = layoutOf(shape, (n) => n));
    const { chunk } = rules;
    this.#parameters = make(layout.size);
    const learnt = training ? layout.learnt : 0;
    [this.#gradients, this.#first, this.#second] = [make(learnt), make(learnt), make(learnt)];
    this.#layers = shape.layers.map((layer, l) => new PlainLayer(layer, layout.layers[l]!, this.#parameters, this.#gradients, chunk, make));
    this.#order = new Int32Array(training?.rows ?? 0);
    this.#touched = shape.embeddings.map(() => new Set());
    const widest = Math.max(...shape.layers.flatMap(({ inputs, outputs }) => [inputs, outputs]));
    this.#xs = make(chunk * shape.layers[0]!.inputs);
    [this.#ys, this.#ws] = [make(chunk), make(chunk)];
    [this.#d, this.#back] = [make(chunk * widest), make(chunk * widest)];
    values.layers.forEach((own, l) => {
      const { columns, weights, bias, scale, shift, running } = layout.layers[l]!;
      for (const [at, array] of [[weights, own.weights], [bias, own.bias], [scale, own.scale], [shift, own.shift], [running, own.mean], [running + columns, own.variance]] as const)
        if (array) this.#parameters.set(array, at);
    });
    values.tables.forEach((table, e) => this.#parameters.set(table, layout.tables[e]!.at));
  }

  reorder(words: readonly number[]): void {
    this.#chance.set(words, shuffleAt);
    shuffleRows(this.#chance, this.#order);
  }

  train(from: number, to: number, steps: Float32Array, total: number): number {
    const { batch, chunk } = this.rules;
    const { rows, y, w } = this.training!;
    let step = 0;
    for (let at = from; at < to; ) {
      const start = at - (at % batch);
      const end = Math.min(rows, start + batch);
      const stop = Math.min(end, at + chunk);
      const count = stop - at;
      for (let i = 0; i < count; i++) {
        const row = this.#order[at + i]!;
        this.#fill(this.training!, row, i, true);
        this.#ys[i] = y[row]!;
        this.#ws[i] = w?.[row] ?? 1;
      }
      if (at === start) this.#gradients.fill(0, 0, this.#layout.dense);
      this.#forward(count, true);
      total = this.#loss(count, 1 / (end - start), total);
      this.#backward(count);
      this.#scatter(at, count);
      if (stop === end) {
        this.#move(steps, step * stepNumbers);
        step++;
      }
      at = stop;
    }
    return total;
  }

  score(rows: DenseRows, from: number, to: number, total: number): number {
    for (let at = from; at < to; at += this.rules.chunk) {
      const count = Math.min(this.rules.chunk, to - at);
      for (let i = 0; i < count; i++) {
        this.#fill(rows, at + i, i, false);
        this.#ys[i] = rows.y[at + i]!;
        this.#ws[i] = rows.w?.[at + i] ?? 1;
      }
      this.#forward(count, false);
      total = this.#loss(count, 0, total);
    }
    return total;
  }

  answer(rows: Pick<DenseRows, 'rows' | 'x' | 'codes'>, from: number, to: number): Numbers {
    const { outputs } = this.shape.layers.at(-1)!;
    const answers = new Float64Array((to - from) * outputs);
    for (let at = from; at < to; at += this.rules.chunk) {
      const count = Math.min(this.rules.chunk, to - at);
      for (let i = 0; i < count; i++) this.#fill(rows, at + i, i, false);
      this.#forward(count, false);
      answers.set(this.#layers.at(-1)!.output.subarray(0, count * outputs), (at - from) * outputs);
    }
    return answers;
  }

  begin(chance: readonly number[]): void {
    this.#chance.set(chance);
  }

  chance(): number[] {
    return Array.from(this.#chance, (word) => word >>> 0);
  }

  numbers(): Numbers {
    return this.#parameters.slice();
  }

  moments(): readonly Numbers[] {
    return [this.#first.slice(), this.#second.slice()];
  }

  restore(chance: readonly number[], numbers: Numbers, [first, second]: readonly Numbers[]): void {
    this.begin(chance);
    this.#parameters.set(numbers);
    this.#first.set(first!);
    this.#second.set(second!);
  }

  values(numbers: Numbers): DenseValues {
    const part = (at: number, length: number): Numbers => numbers.slice(at, at + length);
    const layers = this.shape.layers.map(({ inputs, outputs, norm }, l): LayerValues => {
      const { weights, bias, scale, shift, running } = this.#layout.layers[l]!;
      return {
        weights: part(weights, inputs * outputs),
        bias: part(bias, outputs),
        ...(norm === 'none' ? {} : { scale: part(scale, outputs), shift: part(shift, outputs) }),
        ...(norm === 'batch' ? { mean: part(running, outputs), variance: part(running + outputs, outputs) } : {}),
      };
    });
    return { layers, tables: this.shape.embeddings.map(({ categories, width }, e) => part(this.#layout.tables[e]!.at, (categories + 1) * width)) };
  }

  /** Row `row` as row `i` of the input: numbers, then embeddings. */
  #fill({ x, codes }: Pick<DenseRows, 'x' | 'codes'>, row: number, i: number, note: boolean): void {
    const numbers = this.#layout.numbers.length;
    const to = i * this.shape.layers[0]!.inputs;
    for (let k = 0; k < numbers; k++) this.#xs[to + k] = x[row * numbers + k]!;
    this.shape.embeddings.forEach(({ width }, e) => {
      const code = codes[row * this.shape.embeddings.length + e]!;
      const { at, start } = this.#layout.tables[e]!;
      for (let k = 0; k < width; k++) this.#xs[to + start + k] = this.#parameters[at + code * width + k]!;
      if (note) this.#touched[e]!.add(code);
    });
  }

  #forward(rows: number, training: boolean): void {
    const { dropout } = this.rules;
    let given = this.#xs;
    this.#layers.forEach((layer, l) => {
      const drops = training && dropout > 0 && l + 1 < this.#layers.length;
      if (drops) dropFactors(this.#chance, rows, layer.shape.outputs, dropBelow(dropout), 1 / (1 - dropout), layer.mask);
      layer.forward(given, rows, this.#ws, training, drops);
      given = layer.output;
    });
  }

  /** Adds each row's weighted loss in turn, and leaves the gradients, times `share`, in `#d`. */
  #loss(rows: number, share: number, total: number): number {
    const { loss, lossNumber } = this.rules;
    const { output, shape } = this.#layers.at(-1)!;
    for (let i = 0; i < rows; i++) {
      const at = i * shape.outputs;
      const weight = this.#ws[i]!;
      const own = lossOfRow(loss, lossNumber, output, at, shape.outputs, this.#ys[i]!, this.#d);
      if (weight > 0) total += weight * own;
      for (let j = 0; j < shape.outputs; j++) this.#d[at + j] = weight > 0 ? this.#d[at + j]! * weight * share : 0;
    }
    return total;
  }

  #backward(rows: number): void {
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const given = l === 0 ? this.#xs : this.#layers[l - 1]!.output;
      this.#layers[l]!.backward(given, this.#d, rows, this.#ws, this.rules.dropout > 0 && l + 1 < this.#layers.length, this.#back);
      [this.#d, this.#back] = [this.#back, this.#d];
    }
  }

  /** Adds the gradient of the input, in `#d`, to those of the embeddings' rows. */
  #scatter(from: number, count: number): void {
    const { embeddings, layers } = this.shape;
    embeddings.forEach(({ width }, e) => {
      const { at, start } = this.#layout.tables[e]!;
      for (let i = 0; i < count; i++) {
        const code = this.training!.codes[this.#order[from + i]! * embeddings.length + e]!;
        for (let k = 0; k < width; k++) this.#gradients[at + code * width + k]! += this.#d[i * layers[0]!.inputs + start + k]!;
      }
    });
  }

  /** Tables move in the rows that the batch has touched only, moments and all. */
  #move(steps: Float32Array, at: number): void {
    const { rules } = this;
    const { decaying, dense, tables } = this.#layout;
    const moved = { p: this.#parameters, g: this.#gradients, m: this.#first, v: this.#second };
    const numbers = [steps[at]!, steps[at + 1]!, steps[at + 2]!] as const;
    const rows = tables.flatMap(({ at: first, stride }, e) => Array.from(this.#touched[e]!, (row) => first + row * stride).map((one) => [one, one + stride] as const));
    const share = this.#share([[0, dense], ...rows]);
    moveBy(moved, 0, decaying, rules, numbers, true, share);
    moveBy(moved, decaying, dense, rules, numbers, false, share);
    for (const [from, to] of rows) {
      moveBy(moved, from, to, rules, numbers, false, share);
      this.#gradients.fill(0, from, to);
    }
    for (const touched of this.#touched) touched.clear();
  }

  /** What the gradient is multiplied by, so that its norm is not above the greatest allowed. */
  #share(ranges: readonly (readonly [number, number])[]): number {
    const { clip } = this.rules;
    if (clip === 0) return 1;
    let sum = 0;
    for (const [from, to] of ranges) for (let i = from; i < to; i++) sum += this.#gradients[i]! ** 2;
    const norm = Math.sqrt(sum);
    return norm > clip ? clip / norm : 1;
  }
}
