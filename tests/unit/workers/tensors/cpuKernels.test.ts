import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../../src/domain/random';
import { product, registerCpuKernels } from '../../../../workers/tensors/cpuKernels';
import { adamKernel, reluGradientKernel } from '../../../../workers/tensors/ownKernels';

type Kernel = (a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean) => Float32Array;

/** A product through a kernel taken by hand, so that the stock kernel can still be asked after ours has replaced it. */
const through =
  (config: tf.KernelConfig): Kernel =>
  (a, b, transposeA, transposeB) => {
    const backend = tf.backend();
    const inputs = { a: { dataId: a.dataId, shape: a.shape, dtype: a.dtype }, b: { dataId: b.dataId, shape: b.shape, dtype: b.dtype } };
    const out = config.kernelFunc({ inputs, backend, attrs: { transposeA, transposeB } }) as tf.TensorInfo;
    return backend.readSync(out.dataId) as Float32Array;
  };

let stock: Kernel;
let ours: Kernel;

beforeAll(async () => {
  await tf.setBackend('cpu');
  stock = through(tf.getKernel('BatchMatMul', 'cpu'));
  registerCpuKernels();
  registerCpuKernels();
  ours = through(tf.getKernel('BatchMatMul', 'cpu'));
});

const numbers = (count: number, seed: number, zeros: number): Float32Array => {
  const random = seeded(seed);
  return Float32Array.from({ length: count }, () => (random.next() < zeros ? 0 : random.normal()));
};

const largest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), a.length === b.length ? 0 : Infinity);

describe('the matrix product of the cpu backend', () => {
  it('agrees with the stock kernel for any sizes, turnings and zeros', () => {
    const size = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(0, 0.5, 0.9, 1),
        fc.integer({ min: 1, max: 1e6 }),
        (m, k, n, ta, tb, zeros, seed) => {
          const a = tf.tensor2d(numbers(m * k, seed, zeros), ta ? [k, m] : [m, k]);
          const b = tf.tensor2d(numbers(k * n, seed + 1, 0.1), tb ? [n, k] : [k, n]);
          // The stock kernel rounds to float32 once a block of 48 terms, ours once at the end: a few units in the last place of |sum| ≤ about 40.
          expect(largest(ours(a, b, ta, tb), stock(a, b, ta, tb))).toBeLessThan(2e-5);
          tf.dispose([a, b]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('broadcasts leading dimensions as the stock kernel does', () => {
    for (const [left, right] of [
      [[3], [3]],
      [[3], [1]],
      [[1], [4]],
      [
        [2, 3],
        [2, 3],
      ],
    ]) {
      const a = tf.tensor(numbers(left!.reduce((x, y) => x * y) * 20, 5, 0.3), [...left!, 4, 5]);
      const b = tf.tensor(numbers(right!.reduce((x, y) => x * y) * 30, 6, 0.3), [...right!, 6, 5]);
      expect(largest(ours(a, b, false, true), stock(a, b, false, true))).toBeLessThan(1e-5);
      tf.dispose([a, b]);
    }
  });

  it('is exact where float32 sums are not: 2^24 + 1 + 1 … keeps every one', () => {
    const a = new Float32Array(101).fill(1);
    a[0] = 2 ** 24;
    const out = new Float32Array(1);
    product(a, new Float32Array(101).fill(1), out, 1, 101, 1, false, false);
    expect(out[0]).toBe(2 ** 24 + 100);
  });

  it('leaves integers and other activations to the stock kernels', () => {
    const a = tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32');
    expect(Array.from(tf.matMul(a, a).dataSync())).toEqual([7, 10, 15, 22]);
    const x = tf.tensor2d([1, -2], [1, 2]);
    const w = tf.tensor2d([1, 0, 0, 1], [2, 2]);
    const elu = Array.from(tf.fused.matMul({ a: x, b: w, activation: 'elu' }).dataSync());
    expect(elu[1]).toBeCloseTo(Math.expm1(-2), 6);
  });

  it('adds the bias and applies ReLU in the fused kernel, and passes NaN on', () => {
    const x = tf.tensor2d([1, 2, NaN, 1], [2, 2]);
    const w = tf.tensor2d([1, -1, 1, -1], [2, 2]);
    const y = Array.from(tf.fused.matMul({ a: x, b: w, bias: tf.tensor1d([0.5, 0.5]), activation: 'relu' }).dataSync());
    expect(y).toEqual([3.5, 0, NaN, NaN]);
  });

  it('refuses inner sizes that differ', () => {
    expect(() => tf.matMul(tf.ones([2, 3]), tf.ones([2, 3]))).toThrow(/inner/i);
  });
});

describe('the kernels of our own', () => {
  it('pass the gradient where the output of ReLU is positive', () => {
    const out = tf.engine().runKernel(reluGradientKernel, { dy: tf.tensor1d([1, 2, 3, 4]), y: tf.tensor1d([0, 1, 0, 0.5]) }) as tf.Tensor;
    expect(Array.from(out.dataSync())).toEqual([0, 2, 0, 4]);
  });

  it('take the step of Adam that the formula says', () => {
    const [p, g, m, v, keep] = [
      [1, 2],
      [0.5, -0.25],
      [0.1, 0.2],
      [0.01, 0.04],
      [0.9, 1],
    ].map((values) => tf.tensor1d(values));
    const out = tf
      .engine()
      .runKernel(adamKernel, { p: p!, g: g!, m: m!, v: v!, keep: keep! }, { rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }) as unknown as tf.Tensor[];
    const [p2, m2, v2] = out.map((tensor) => Array.from(tensor.dataSync()));
    const first = [0.9 * 0.1 + 0.1 * 0.5, 0.9 * 0.2 - 0.1 * 0.25];
    const second = [0.999 * 0.01 + 0.001 * 0.25, 0.999 * 0.04 + 0.001 * 0.0625];
    const next = [0.9 - (0.01 * first[0]!) / (Math.sqrt(second[0]!) + 1e-7), 2 - (0.01 * first[1]!) / (Math.sqrt(second[1]!) + 1e-7)];
    for (const [found, wanted] of [
      [m2!, first],
      [v2!, second],
      [p2!, next],
    ] as const) {
      // One rounding to float32 of each input and of the result.
      found.forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThan(3e-7));
    }
  });
});
