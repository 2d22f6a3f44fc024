import { bytes } from 'kernel:linear';
import { describe, expect, it } from 'vitest';
import { exp64, log64 } from '../../../../src/domain/exactMath';
import { seeded } from '../../../../src/domain/random';
import { startKernel } from '../../../../workers/kernels/kernel';
import { passesOf } from '../../../../workers/training/linear/engine';
import { squareSize, type Passes } from '../../../../workers/training/linear/passes';
import { rowStore } from '../../../../workers/training/linear/rowStore';

const bits = (values: Float64Array): string => Buffer.from(values.slice().buffer).toString('hex');

/** Rows of which about `share` is not zero. */
function examples(rows: number, features: number, classes: number, share: number, weighted: boolean) {
  const random = seeded(rows * 100 + features);
  const x = Float32Array.from({ length: rows * features }, () => (random.next() < share ? random.normal() * 3 : 0));
  const y = Float64Array.from({ length: rows }, () => random.below(classes));
  const weights = Float64Array.from({ length: rows }, () => (random.next() < 0.1 ? 0 : random.next() * 3));
  const point = Float64Array.from({ length: (features + 1) * (classes === 2 ? 1 : classes) }, () => random.normal());
  return { examples: { rows, features, x, y, ...(weighted ? { weights } : {}) }, point };
}

describe('the pair functions of the kernel', () => {
  it('have the bits of exp64 and log64 where they are used', async () => {
    const { run } = await startKernel<{ exponential(x: number): number; logarithm(x: number): number }>('linear', bytes);
    const random = seeded(3);
    const one = (x: number): string => bits(Float64Array.of(x));
    const below = [0, -0, -1e-300, -1e-17, -0.34, -0.35, -1, -708.39, -708.4, -709, -1e300, -Infinity, ...Array.from({ length: 20_000 }, () => -(10 ** (5 * random.next() - 2)))];
    for (const x of below) expect([x, one(run.exponential(x))]).toEqual([x, one(exp64(x))]);
    const above = [1, 1.4142135623730951, 1.4142135623730954, 2, 1 + 2 ** -52, 1e300, ...Array.from({ length: 20_000 }, () => 10 ** (20 * random.next() - 3))];
    for (const x of above) expect([x, one(run.logarithm(x))]).toEqual([x, one(log64(x))]);
    expect(run.exponential(NaN)).toBeNaN();
    expect(run.logarithm(NaN)).toBeNaN();
  });
});

describe('the passes of the kernel', () => {
  for (const [rows, features, classes, share, weighted] of [
    [2, 1, 2, 1, false],
    [7, 3, 2, 1, true],
    [200, 4, 3, 1, false],
    [131, 5, 2, 1, true],
    [130, 6, 4, 1, true],
    [129, 50, 2, 1, false],
    [66, 9, 5, 0.2, true],
    [131, 40, 2, 0.1, false],
    [131, 40, 3, 0.1, true],
  ] as const) {
    const it_ = `${rows} × ${features}, ${classes} classes, ${share < 0.3 ? 'sparse' : 'dense'}${weighted ? ', weighted' : ''}`;

    it(`have the bits of their twin: ${it_}`, async () => {
      const { examples: given, point } = examples(rows, features, classes, share, weighted);
      const outputs = classes === 2 ? 1 : classes;
      const store = rowStore(given);
      expect(store.sparse !== undefined).toBe(share < 0.3);
      const needs = { squares: true, keeps: true };
      const [native, plain] = await Promise.all((['native', 'plain'] as const).map((engine) => passesOf(engine, store, outputs, needs, () => undefined)));
      const seen = async (passes: Passes): Promise<string[]> => {
        const gradient = new Float64Array(point.length);
        const loss = await passes.logistic(point, gradient, true);
        const kept = bits(passes.probabilities());
        const again = await passes.logistic(point, undefined);
        const lower = (square: Float64Array): Float64Array => {
          const wide = squareSize(features);
          return Float64Array.from({ length: wide * wide }, (_, at) => (at % wide <= Math.floor(at / wide) && at < (features + 2) * wide ? square[at]! : 0));
        };
        const squares = [await passes.square([0, 0]), await passes.square([outputs - 1, 0]), await passes.square(store.weight, store.target), await passes.square(store.weight, undefined, 2)];
        return [bits(Float64Array.of(loss, again)), bits(gradient), kept, ...squares.map((square) => bits(lower(square)))];
      };
      const [a, b] = [await seen(native!), await seen(plain!)];
      a.forEach((own, i) => expect([i, own]).toEqual([i, b[i]]));
      expect(a[1]).not.toMatch(/^0*$/);
    });

    it(`are the loss and its derivatives: ${it_}`, async () => {
      const { examples: given, point } = examples(rows, features, classes, share, weighted);
      const outputs = classes === 2 ? 1 : classes;
      const passes = await passesOf('native', rowStore(given), outputs, { squares: false, keeps: true }, () => undefined);
      let loss = 0;
      const wanted = new Float64Array(point.length);
      const probabilities: number[] = [];
      for (let i = 0; i < rows; i++) {
        const logits = Array.from({ length: outputs }, (_, j) => point[features * outputs + j]! + Array.from(given.x.subarray(i * features, (i + 1) * features)).reduce((sum, value, k) => sum + value * point[k * outputs + j]!, 0));
        const all = outputs === 1 ? [0, ...logits] : logits;
        const highest = Math.max(...all);
        const total = all.reduce((sum, z) => sum + Math.exp(z - highest), 0);
        const p = all.map((z) => Math.exp(z - highest) / total);
        const w = given.weights?.[i] ?? 1;
        loss -= w * (all[given.y[i]!]! - highest - Math.log(total));
        for (let j = 0; j < outputs; j++) {
          const c = outputs === 1 ? 1 : j;
          probabilities.push(p[c]!);
          const residual = w * (p[c]! - (given.y[i] === c ? 1 : 0));
          for (let k = 0; k < features; k++) wanted[k * outputs + j]! += residual * given.x[i * features + k]!;
          wanted[features * outputs + j]! += residual;
        }
      }
      const gradient = new Float64Array(point.length);
      expect(await passes.logistic(point, gradient, true)).toBeCloseTo(loss, 8);
      wanted.forEach((value, k) => expect(gradient[k]).toBeCloseTo(value, 8));
      const kept = passes.probabilities();
      probabilities.forEach((p, at) => expect(kept[(at % outputs) * passes.rows.padded + Math.floor(at / outputs)]).toBeCloseTo(p, 12));
    });
  }

  it('give squares about the shift, with the 1 and the extra column', async () => {
    const { examples: given } = examples(150, 5, 2, 1, true);
    const store = rowStore(given);
    const passes = await passesOf('native', store, 1, { squares: true, keeps: false }, () => undefined);
    const square = await passes.square(store.weight, store.target);
    const wide = squareSize(5);
    const row = (i: number): number[] => [...Array.from({ length: 5 }, (_, k) => given.x[i * 5 + k]! - store.shift[k]!), 1, given.y[i]!];
    for (let k = 0; k < 7; k++)
      for (let d = 0; d <= k; d++) {
        let sum = 0;
        for (let i = 0; i < 150; i++) sum += given.weights![i]! * row(i)[k]! * row(i)[d]!;
        expect(square[k * wide + d]).toBeCloseTo(sum, 8);
      }
  });
});
