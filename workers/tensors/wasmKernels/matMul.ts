/** @file Turned matrix products: the stock kernels are fast only where neither side is turned, and every dense gradient turns one. */

import { _FusedMatMul, BatchMatMul, broadcast_util, Transpose, getKernel, util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Steps } from './arithmetic';
import { addressOf, areFloats, type WasmBackend, type WasmKernel } from './kernel';

interface Turned {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export const batchMatMul: WasmKernel = {
  kernelName: BatchMatMul,
  run({ inputs, attributes, backend, arithmetic }) {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = attributes as unknown as Turned;
    if ((!transposeA && !transposeB) || !areFloats(a, b)) return undefined;
    const [a0, a1] = a.shape.slice(-2) as [number, number];
    const [b0, b1] = b.shape.slice(-2) as [number, number];
    const [rows, shared] = transposeA ? [a1, a0] : [a0, a1];
    const [sharedB, columns] = transposeB ? [b1, b0] : [b0, b1];
    util.assert(shared === sharedB, () => `matMul: inner shapes ${shared} and ${sharedB} differ (${a.shape} and ${b.shape}, transposed ${transposeA} and ${transposeB})`);
    const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
    const leading = broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
    const [countA, countB, count] = [outerA, outerB, leading].map(util.sizeFromShape) as [number, number, number];
    // Broadcasting over some of several leading dimensions is left to the stock kernel.
    if ((countA !== count && countA !== 1) || (countB !== count && countB !== 1)) return undefined;
    const out = backend.makeOutput([...leading, rows, columns], 'float32');
    const [atA, atB, to] = [addressOf(backend, a), addressOf(backend, b), addressOf(backend, out)];
    for (let n = 0; n < count; n++) {
      const left: Steps = { at: atA + 4 * rows * shared * (n % countA), row: transposeA ? 1 : shared, column: transposeA ? rows : 1 };
      const right: Steps = { at: atB + 4 * shared * columns * (n % countB), row: transposeB ? 1 : columns, column: transposeB ? shared : 1 };
      arithmetic.product(left, right, to + 4 * rows * columns * n, rows, shared, columns);
    }
    return out;
  },
};

/** The last two dimensions changed places. */
function turned(backend: WasmBackend, x: TensorInfo): TensorInfo {
  const rank = x.shape.length;
  const perm = x.shape.map((_, i) => (i < rank - 2 ? i : i === rank - 2 ? rank - 1 : rank - 2));
  return getKernel(Transpose, 'wasm').kernelFunc({ inputs: { x }, backend, attrs: { perm } }) as TensorInfo;
}

export const fusedMatMul: WasmKernel = {
  kernelName: _FusedMatMul,
  run({ inputs, attributes, backend, stock }) {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = attributes as unknown as Turned;
    if ((!transposeA && !transposeB) || !areFloats(a, b)) return undefined;
    const [left, right] = [transposeA ? turned(backend, a) : a, transposeB ? turned(backend, b) : b];
    const out = stock({ ...inputs, a: left, b: right }, { ...attributes, transposeA: false, transposeB: false });
    if (transposeA) backend.disposeData(left.dataId);
    if (transposeB) backend.disposeData(right.dataId);
    return out;
  },
};
