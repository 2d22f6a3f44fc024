/** @file Faster kernels for tfjs's cpu backend: matrix products, the gradient of ReLU, and a whole Adam step. */

import '@tensorflow/tfjs-backend-cpu';
import {
  BatchMatMul,
  _FusedMatMul,
  broadcast_util,
  getKernel,
  registerKernel,
  unregisterKernel,
  util,
  type KernelFunc,
  type NamedAttrMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { adamKernel, reluGradientKernel } from './ownKernels';

/** The few members of the cpu backend that a kernel needs. tfjs types a kernel's backend as `{}`, so it is cast here and nowhere else. */
interface CpuBackend {
  readonly data: { get(dataId: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

const valuesOf = (backend: unknown, tensor: TensorInfo): Float32Array => (backend as CpuBackend).data.get(tensor.dataId).values;
const made = (backend: unknown, shape: readonly number[], values: Float32Array): TensorInfo =>
  (backend as CpuBackend).makeTensorInfo([...shape], 'float32', values);

// Scratch space that grows as needed: kernels are called one after the other, never within each other.
let right = new Float64Array(0);
let factors = new Float64Array(0);
let places = new Int32Array(0);

/**
 * out = op(a) · op(b) (+ bias, then max(0, ·) where `relu`), for one pair of row-major matrices. Sums run in float64, from the bias
 * over the shared dimension in ascending order, and are rounded to float32 once, so that the bits do not depend on the machine.
 * Zeros of a are left out: one-hot features and the output of ReLU are full of them. b is widened to float64 (and turned, if
 * transposed) first. Eight columns at a time keep their sums in registers: twice as fast as adding whole rows up in memory.
 */
export function product(
  a: Float32Array,
  b: Float32Array,
  out: Float32Array,
  rows: number,
  shared: number,
  columns: number,
  transposeA: boolean,
  transposeB: boolean,
  bias?: Float32Array,
  relu = false,
): void {
  if (right.length < shared * columns) right = new Float64Array(shared * columns);
  if (factors.length < shared) {
    factors = new Float64Array(shared);
    places = new Int32Array(shared);
  }
  const b64 = right;
  const factor = factors;
  const place = places;
  if (transposeB) for (let j = 0; j < columns; j++) for (let k = 0; k < shared; k++) b64[k * columns + j] = b[j * shared + k]!;
  else for (let k = 0; k < shared * columns; k++) b64[k] = b[k]!;
  const across = transposeA ? 1 : shared;
  const along = transposeA ? rows : 1;
  const biased = bias !== undefined;
  for (let i = 0; i < rows; i++) {
    let filled = 0;
    for (let k = 0, at = i * across; k < shared; k++, at += along) {
      const value = a[at]!;
      if (value === 0) continue;
      factor[filled] = value;
      place[filled++] = k * columns;
    }
    const to = i * columns;
    let j = 0;
    for (; j + 8 <= columns; j += 8) {
      let s0 = biased ? bias[j]! : 0;
      let s1 = biased ? bias[j + 1]! : 0;
      let s2 = biased ? bias[j + 2]! : 0;
      let s3 = biased ? bias[j + 3]! : 0;
      let s4 = biased ? bias[j + 4]! : 0;
      let s5 = biased ? bias[j + 5]! : 0;
      let s6 = biased ? bias[j + 6]! : 0;
      let s7 = biased ? bias[j + 7]! : 0;
      for (let e = 0; e < filled; e++) {
        const f = factor[e]!;
        const p = place[e]! + j;
        s0 += f * b64[p]!;
        s1 += f * b64[p + 1]!;
        s2 += f * b64[p + 2]!;
        s3 += f * b64[p + 3]!;
        s4 += f * b64[p + 4]!;
        s5 += f * b64[p + 5]!;
        s6 += f * b64[p + 6]!;
        s7 += f * b64[p + 7]!;
      }
      const at = to + j;
      out[at] = relu && s0 < 0 ? 0 : s0;
      out[at + 1] = relu && s1 < 0 ? 0 : s1;
      out[at + 2] = relu && s2 < 0 ? 0 : s2;
      out[at + 3] = relu && s3 < 0 ? 0 : s3;
      out[at + 4] = relu && s4 < 0 ? 0 : s4;
      out[at + 5] = relu && s5 < 0 ? 0 : s5;
      out[at + 6] = relu && s6 < 0 ? 0 : s6;
      out[at + 7] = relu && s7 < 0 ? 0 : s7;
    }
    for (; j < columns; j++) {
      let sum = biased ? bias[j]! : 0;
      for (let e = 0; e < filled; e++) sum += factor[e]! * b64[place[e]! + j]!;
      out[to + j] = relu && sum < 0 ? 0 : sum;
    }
  }
}

/** Runs `product` over the leading dimensions, which broadcast as in the stock kernel. */
function batched(backend: unknown, a: TensorInfo, b: TensorInfo, transposeA: boolean, transposeB: boolean, bias?: Float32Array, relu = false): TensorInfo {
  const outer = (t: TensorInfo): number[] => t.shape.slice(0, -2);
  const [a0, a1] = a.shape.slice(-2) as [number, number];
  const [b0, b1] = b.shape.slice(-2) as [number, number];
  const [rows, shared] = transposeA ? [a1, a0] : [a0, a1];
  const [sharedB, columns] = transposeB ? [b1, b0] : [b0, b1];
  util.assert(
    shared === sharedB,
    () => `matMul: inner shapes ${shared} and ${sharedB} differ (${a.shape} and ${b.shape}, transposed ${transposeA} and ${transposeB})`,
  );
  const leading = broadcast_util.assertAndGetBroadcastShape(outer(a), outer(b));
  const countA = util.sizeFromShape(outer(a));
  const countB = util.sizeFromShape(outer(b));
  const count = util.sizeFromShape(leading);
  const av = valuesOf(backend, a);
  const bv = valuesOf(backend, b);
  const out = new Float32Array(count * rows * columns);
  for (let n = 0; n < count; n++) {
    const fromA = (n % countA) * rows * shared;
    const fromB = (n % countB) * shared * columns;
    const one = count === 1 && countA === 1 && countB === 1;
    product(
      one ? av : av.subarray(fromA, fromA + rows * shared),
      one ? bv : bv.subarray(fromB, fromB + shared * columns),
      one ? out : out.subarray(n * rows * columns, (n + 1) * rows * columns),
      rows,
      shared,
      columns,
      transposeA,
      transposeB,
      bias,
      relu,
    );
  }
  return made(backend, [...leading, rows, columns], out);
}

interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly activation?: string;
}

/** Puts our function before the stock kernel, which still serves what ours does not (integers, complex numbers, other activations). */
function replace(kernelName: string, attempt: (args: Parameters<KernelFunc>[0]) => TensorInfo | undefined): void {
  const stock = getKernel(kernelName, 'cpu');
  if (!stock) throw new Error(`the cpu backend has no kernel ${kernelName}`);
  unregisterKernel(kernelName, 'cpu');
  registerKernel({ ...stock, kernelFunc: (args) => attempt(args) ?? stock.kernelFunc(args) });
}

const isFloat = (...tensors: readonly TensorInfo[]): boolean => tensors.every((tensor) => tensor.dtype === 'float32');
const attributes = <T>(attrs: NamedAttrMap | undefined): T => attrs as unknown as T;

let registered = false;

/** Registers the kernels over the stock ones. Once is enough; more does no harm. */
export function registerCpuKernels(): void {
  if (registered) return;
  registered = true;
  replace(BatchMatMul, ({ inputs, backend, attrs }) => {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = attributes<MatMulAttributes>(attrs);
    return isFloat(a, b) ? batched(backend, a, b, transposeA, transposeB) : undefined;
  });
  replace(_FusedMatMul, ({ inputs, backend, attrs }) => {
    const { a, b, bias } = inputs as { a: TensorInfo; b: TensorInfo; bias?: TensorInfo };
    const { transposeA, transposeB, activation } = attributes<MatMulAttributes>(attrs);
    if (!isFloat(a, b) || !(activation === undefined || activation === null || activation === 'linear' || activation === 'relu')) return undefined;
    const columns = transposeB ? b.shape.at(-2)! : b.shape.at(-1)!;
    if (bias && (!isFloat(bias) || util.sizeFromShape(bias.shape) !== columns)) return undefined;
    return batched(backend, a, b, transposeA, transposeB, bias ? valuesOf(backend, bias) : undefined, activation === 'relu');
  });
  registerKernel({ kernelName: reluGradientKernel, backendName: 'cpu', kernelFunc: reluGradient });
  registerKernel({ kernelName: adamKernel, backendName: 'cpu', kernelFunc: adam });
}

/** dy where the output of the ReLU is positive, else 0. */
const reluGradient: KernelFunc = ({ inputs, backend }) => {
  const { dy, y } = inputs as { dy: TensorInfo; y: TensorInfo };
  const from = valuesOf(backend, dy);
  const output = valuesOf(backend, y);
  const out = new Float32Array(from.length);
  for (let i = 0; i < out.length; i++) out[i] = output[i]! > 0 ? from[i]! : 0;
  return made(backend, dy.shape, out);
};

/** One Adam step over flat vectors; attributes: rate (bias-corrected), beta1, beta2, epsilon. Answers the new parameters and moments. */
const adam: KernelFunc = ({ inputs, backend, attrs }) => {
  const [p, g, m, v] = ['p', 'g', 'm', 'v'].map((name) => valuesOf(backend, inputs[name]!)) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const keep = inputs['keep'] ? valuesOf(backend, inputs['keep']) : undefined;
  const { rate, beta1, beta2, epsilon } = attributes<{ rate: number; beta1: number; beta2: number; epsilon: number }>(attrs);
  const size = p.length;
  const [p2, m2, v2] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)];
  for (let i = 0; i < size; i++) {
    const gradient = g[i]!;
    const first = beta1 * m[i]! + (1 - beta1) * gradient;
    const second = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
    m2[i] = first;
    v2[i] = second;
    p2[i] = (keep === undefined ? p[i]! : p[i]! * keep[i]!) - (rate * first) / (Math.sqrt(second) + epsilon);
  }
  return [made(backend, [size], p2), made(backend, [size], m2), made(backend, [size], v2)];
};
