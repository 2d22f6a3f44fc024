/** @file Kernels of the stock backend that add into an output which they never cleared: it is cleared for them. */

import { AvgPool3DGrad, AvgPoolGrad, Conv3DBackpropFilterV2, MaxPool3DGrad } from '@tensorflow/tfjs-core';
import type { KernelCall, WasmBackend, WasmKernel } from './kernel';

/** The backend for the length of a call, with outputs of zeros. */
const zeroing = (backend: WasmBackend): object =>
  Object.create(backend, {
    makeOutput: {
      value: (...args: Parameters<WasmBackend['makeOutput']>) => {
        // On the backend itself, which counts its tensors.
        const out = backend.makeOutput(...args);
        backend.typedArrayFromHeap(out).fill(0);
        return out;
      },
    },
  }) as object;

export const cleared: readonly WasmKernel[] = [AvgPoolGrad, AvgPool3DGrad, MaxPool3DGrad, Conv3DBackpropFilterV2].map((kernelName) => ({
  kernelName,
  run: ({ backend, stock }: KernelCall) => stock(undefined, undefined, zeroing(backend)),
}));
