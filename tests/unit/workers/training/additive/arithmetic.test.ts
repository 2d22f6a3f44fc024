import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../src/domain/random';
import { copiesOf, type Arithmetic, type LossKind, type Problem } from '../../../../../workers/training/additive/arithmetic';
import { nativeArithmetic } from '../../../../../workers/training/additive/nativeArithmetic';
import { exp32, PlainArithmetic } from '../../../../../workers/training/additive/plainArithmetic';

const rows = 5001;
const most = 5016;

function problemOf(loss: LossKind, outputs: number): Problem {
  const random = seeded(4);
  const targets = Float32Array.from({ length: rows }, () => (loss === 'squared' ? random.normal() : random.below(loss === 'softmax' ? outputs : 2)));
  const weights = Float32Array.from({ length: rows }, (_, row) => (row === rows - 1 ? 0 : random.below(4) === 0 ? 0.3 + random.next() : 1));
  return { loss, outputs, rows, targets, weights, most };
}

const same = (a: ArrayLike<number>, b: ArrayLike<number>): void => expect(Buffer.from(Float64Array.from(a).buffer).equals(Buffer.from(Float64Array.from(b).buffer))).toBe(true);

/** Everything that a training asks of an engine, in turn. */
function run(arithmetic: Arithmetic, outputs: number): Float64Array[] {
  const random = seeded(9);
  const found: Float64Array[] = [];
  const cells = [256, 3, 1000];
  const columns = cells.map((count) => {
    const of = (): number => random.below(count);
    const column = count > 256 ? Uint16Array.from({ length: rows }, of) : Uint8Array.from({ length: rows }, of);
    return arithmetic.addColumn(column, count);
  });
  const tables = cells.map((count) => Float64Array.from({ length: count * outputs }, () => random.normal()));
  const base = Float64Array.from({ length: outputs }, () => random.normal());
  // 4 of 5 rows, in order, with rows of no weight at the end.
  const order = Uint32Array.from([...Array(rows - 1).keys()].filter((row) => row % 5 !== 0).concat(Array(4 - ((rows - 1 - 1000) % 4)).fill(rows - 1)));
  arithmetic.select(order);
  for (const column of columns) arithmetic.gather(column);
  const n = order.length;
  arithmetic.sumLogits(base, columns, tables, 0, 2000);
  arithmetic.sumLogits(base, columns, tables, 2000, n);
  found.push(Float64Array.of(arithmetic.loss(0, 2000), arithmetic.loss(2000, n)));
  let previous: number | undefined;
  for (const at of [0, 1, 0, 1]) {
    const update = Float32Array.from({ length: previous === undefined ? 0 : cells[previous]! * outputs }, () => 0.1 * random.normal());
    arithmetic.beginHistogram(columns[at]!);
    arithmetic.step(previous === undefined ? undefined : columns[previous], update, columns[at]!, 0, 1200);
    arithmetic.step(previous === undefined ? undefined : columns[previous], update, columns[at]!, 1200, n);
    found.push(arithmetic.histogram(columns[at]!).slice());
    previous = at;
  }
  for (const isFirst of [true, false]) {
    const update = Float32Array.from({ length: isFirst ? 0 : cells[2]! * outputs }, () => 0.1 * random.normal());
    arithmetic.beginHistogram(columns[2]!);
    arithmetic.step(isFirst ? undefined : columns[2], update, columns[2]!, 0, n);
    found.push(arithmetic.histogram(columns[2]!).slice());
  }
  arithmetic.keepGradients(0, n);
  const small = arithmetic.addColumn(Uint8Array.from({ length: rows }, () => random.below(30)), 30);
  arithmetic.gather(small);
  for (let k = 0; k < outputs; k++) found.push(arithmetic.pairHistogram(small, columns[1]!, 3, 90, k, n).slice());
  found.push(Float64Array.of(arithmetic.loss(0, n)));
  return found;
}

const tasks = [
  ['squared', 1],
  ['logistic', 1],
  ['softmax', 3],
  ['softmax', 5],
] as const;

describe('the arithmetic of boosting', () => {
  it('gives the same bits in the kernel and in its twin, for every loss', async () => {
    for (const [loss, outputs] of tasks) {
      const problem = problemOf(loss, outputs);
      const native = run(await nativeArithmetic(problem), outputs);
      const plain = run(new PlainArithmetic(problem), outputs);
      expect(native.length).toBe(plain.length);
      native.forEach((values, index) => same(values, plain[index]!));
      expect(native.every((values) => values.every(Number.isFinite))).toBe(true);
    }
  });

  it('sums to the same whether small histograms are kept once or four times, and over all cells to the gradients of all rows', () => {
    expect([copiesOf(256, 1), copiesOf(256, 3), copiesOf(1024, 1)]).toEqual([4, 1, 1]);
    const problem = problemOf('squared', 1);
    const [, first, second] = run(new PlainArithmetic(problem), 1);
    const totals = [first!, second!].map((histogram) => histogram.reduce((sums, value, i) => ((sums[i % 2]! += value), sums), [0, 0]));
    // The same curvatures, since squared loss has the weights; another gradient, since an update came between.
    expect(totals[0]![1]).toBeCloseTo(totals[1]![1]!, 6);
  });

  it('keeps NaN as NaN, so that a training that runs away is seen', async () => {
    for (const [loss, outputs] of tasks) {
      const problem = problemOf(loss, outputs);
      for (const arithmetic of [await nativeArithmetic(problem), new PlainArithmetic(problem)]) {
        const column = arithmetic.addColumn(new Uint8Array(rows), 1);
        arithmetic.select(Uint32Array.of(0, 1, 2, 3));
        arithmetic.gather(column);
        arithmetic.sumLogits(new Float64Array(outputs).fill(NaN), [column], [new Float64Array(outputs)], 0, 4);
        expect(arithmetic.loss(0, 4)).toBeNaN();
        arithmetic.beginHistogram(column);
        arithmetic.step(undefined, new Float32Array(0), column, 0, 4);
        expect(arithmetic.histogram(column)[0]).toBeNaN();
      }
    }
  });

  it('has the built-in exponential to 2e-7', () => {
    const random = seeded(2);
    let worst = 0;
    for (let i = 0; i < 20_000; i++) {
      const x = Math.fround(170 * random.next() - 85);
      worst = Math.max(worst, Math.abs(exp32(x) / Math.exp(x) - 1));
    }
    expect(worst).toBeLessThan(2e-7);
    expect([exp32(0), exp32(-Infinity) < 1e-37, exp32(Infinity) > 1e37]).toEqual([1, true, true]);
  });
});
