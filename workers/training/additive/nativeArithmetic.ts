/** @file Drives the kernel of the explainable boosting machine: lays out its memory and hands it addresses. */

import { bytes } from 'kernel:additive';
import { startKernel, type Kernel } from '../../kernels/kernel';
import { copiesOf, lossKinds, type Arithmetic, type Column, type Problem } from './arithmetic';

type Step = (
  ...given: [kind: number, outputs: number, count: number, logits: number, targets: number, weights: number, previous: number, update: number, next: number, histogram: number, apart: number, scratch: number, from: number, to: number]
) => void;
type Gather = (source: number, rows: number, target: number, from: number, to: number) => void;
type SumUp = (column: number, table: number, stride: number, sums: number, from: number, to: number) => void;

interface Functions {
  readonly stepBytes: Step;
  readonly stepWords: Step;
  readonly gatherBytes: Gather;
  readonly gatherWords: Gather;
  readonly gatherFloats: Gather;
  readonly sumBytes: SumUp;
  readonly sumWords: SumUp;
  begin(sums: number, value: number, from: number, to: number): void;
  settle(sums: number, logits: number, from: number, to: number): void;
  loss(kind: number, outputs: number, count: number, logits: number, targets: number, weights: number, from: number, to: number): number;
  allGradients(kind: number, outputs: number, count: number, logits: number, targets: number, weights: number, gradient: number, curvature: number, from: number, to: number): void;
  pairHistogram(first: number, second: number, width: number, gradient: number, curvature: number, histogram: number, from: number, to: number): void;
  fold(histogram: number, bytes: number): void;
  clear(at: number, bytes: number): void;
}

/** Addresses of a column: of all rows, and of the selected ones. */
interface Kept {
  readonly all: number;
  readonly own: number;
  readonly cells: number;
  readonly words: boolean;
}

/** Rows whose gradients the kernel holds at once. */
const block = 1024;
/** Most cells of a term: 32 bins by 32, or 256. */
const mostCells = 1024;

/** @throws Refusal engineUnavailable, outOfMemory */
export async function nativeArithmetic(problem: Problem): Promise<Arithmetic> {
  return new NativeArithmetic(problem, await startKernel<Functions>('additive', bytes));
}

class NativeArithmetic implements Arithmetic {
  readonly backend = 'native';
  readonly #kernel: Kernel<Functions>;
  readonly #problem: Problem;
  readonly #columns: Kept[] = [];
  readonly #at: Readonly<Record<'allTargets' | 'allWeights' | 'order' | 'targets' | 'weights' | 'logits' | 'sums' | 'table' | 'update' | 'histogram' | 'scratch', number>>;
  #gradients = 0;
  #selected = 0;

  constructor(problem: Problem, kernel: Kernel<Functions>) {
    this.#kernel = kernel;
    this.#problem = problem;
    const { most, outputs } = problem;
    this.#at = {
      allTargets: kernel.copied(problem.targets),
      allWeights: kernel.copied(problem.weights),
      order: kernel.take(4 * most),
      targets: kernel.take(4 * most),
      weights: kernel.take(4 * most),
      logits: kernel.take(4 * most * outputs),
      sums: kernel.take(8 * most),
      table: kernel.take(8 * mostCells * outputs),
      update: kernel.take(4 * mostCells * outputs),
      histogram: kernel.take(16 * Math.max(mostCells * outputs, 4 * 512)),
      scratch: kernel.take(8 * block * outputs),
    };
  }

  addColumn(column: Column, cells: number): number {
    const words = column instanceof Uint16Array;
    this.#columns.push({ all: this.#kernel.copied(column), own: this.#kernel.take(this.#problem.most * column.BYTES_PER_ELEMENT), cells, words });
    return this.#columns.length - 1;
  }

  select(order: Uint32Array): void {
    const { run } = this.#kernel;
    const at = this.#at;
    this.#kernel.words(at.order, order.length).set(order);
    this.#selected = order.length;
    run.gatherFloats(at.allTargets, at.order, at.targets, 0, order.length);
    run.gatherFloats(at.allWeights, at.order, at.weights, 0, order.length);
  }

  gather(column: number): void {
    const { run } = this.#kernel;
    const { all, own, words } = this.#columns[column]!;
    (words ? run.gatherWords : run.gatherBytes)(all, this.#at.order, own, 0, this.#selected);
  }

  sumLogits(base: Float64Array, columns: readonly number[], tables: readonly Float64Array[], from: number, to: number): void {
    const { outputs, most } = this.#problem;
    const { run } = this.#kernel;
    const at = this.#at;
    for (let k = 0; k < outputs; k++) {
      run.begin(at.sums, base[k]!, from, to);
      columns.forEach((index, t) => {
        const { own, words } = this.#columns[index]!;
        this.#kernel.doubles(at.table, tables[t]!.length).set(tables[t]!);
        (words ? run.sumWords : run.sumBytes)(own, at.table + 8 * k, 8 * outputs, at.sums, from, to);
      });
      run.settle(at.sums, at.logits + 4 * k * most, from, to);
    }
  }

  beginHistogram(column: number): void {
    this.#kernel.run.clear(this.#at.histogram, this.#sizeOf(column) * copiesOf(this.#columns[column]!.cells, this.#problem.outputs));
  }

  step(previous: number | undefined, update: Float32Array, next: number, from: number, to: number): void {
    const { loss, outputs, most } = this.#problem;
    const { run } = this.#kernel;
    const at = this.#at;
    if (previous !== undefined) this.#kernel.floats(at.update, update.length).set(update);
    const { own, cells, words } = this.#columns[next]!;
    const apart = copiesOf(cells, outputs) === 1 ? 0 : this.#sizeOf(next);
    const before = previous === undefined ? 0 : this.#columns[previous]!.own;
    (words ? run.stepWords : run.stepBytes)(lossKinds.indexOf(loss), outputs, most, at.logits, at.targets, at.weights, before, at.update, own, at.histogram, apart, at.scratch, from, to);
  }

  histogram(column: number): Float64Array {
    const size = this.#sizeOf(column);
    if (copiesOf(this.#columns[column]!.cells, this.#problem.outputs) === 4) this.#kernel.run.fold(this.#at.histogram, size);
    return this.#kernel.doubles(this.#at.histogram, size / 8);
  }

  loss(from: number, to: number): number {
    const { loss, outputs, most } = this.#problem;
    const at = this.#at;
    return this.#kernel.run.loss(lossKinds.indexOf(loss), outputs, most, at.logits, at.targets, at.weights, from, to);
  }

  keepGradients(from: number, to: number): void {
    const { loss, outputs, most } = this.#problem;
    const at = this.#at;
    if (this.#gradients === 0) this.#gradients = this.#kernel.take(8 * most * outputs);
    this.#kernel.run.allGradients(lossKinds.indexOf(loss), outputs, most, at.logits, at.targets, at.weights, this.#gradients, this.#gradients + 4 * most * outputs, from, to);
  }

  pairHistogram(first: number, second: number, width: number, cells: number, output: number, to: number): Float64Array {
    const { outputs, most } = this.#problem;
    const gradient = this.#gradients + 4 * output * most;
    this.#kernel.run.clear(this.#at.histogram, 16 * cells);
    this.#kernel.run.pairHistogram(this.#columns[first]!.own, this.#columns[second]!.own, width, gradient, gradient + 4 * most * outputs, this.#at.histogram, 0, to);
    return this.#kernel.doubles(this.#at.histogram, 2 * cells);
  }

  /** Bytes of one copy of a histogram. */
  #sizeOf(column: number): number {
    return 16 * this.#columns[column]!.cells * this.#problem.outputs;
  }
}
