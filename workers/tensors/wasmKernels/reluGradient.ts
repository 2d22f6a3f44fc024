/** @file The gradient of ReLU in one kernel. */

import type { TensorInfo } from '@tensorflow/tfjs-core';
import { reluGradientKernel } from '../ownKernels';
import { addressOf, sizeOf, type WasmKernel } from './kernel';

export const reluGradient: WasmKernel = {
  kernelName: reluGradientKernel,
  run({ inputs, backend, arithmetic }) {
    const { dy, y } = inputs as { dy: TensorInfo; y: TensorInfo };
    const out = backend.makeOutput(dy.shape, 'float32');
    arithmetic.reluGradient(addressOf(backend, dy), addressOf(backend, y), addressOf(backend, out), sizeOf(dy));
    return out;
  },
};
