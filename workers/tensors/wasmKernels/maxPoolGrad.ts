/** @file The gradient of max pooling: the stock kernel gives a window without a positive number no gradient at all, and says nothing. */

import { backend_util, MaxPoolGrad, type MaxPoolGradAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, geometryOf, type WasmKernel } from './kernel';

export const maxPoolGrad: WasmKernel = {
  kernelName: MaxPoolGrad,
  run({ inputs, attributes, backend, arithmetic }) {
    const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
    const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as MaxPoolGradAttrs;
    const info = backend_util.computePool2DInfo(input.shape as [number, number, number, number], filterSize, strides, 1, pad, dimRoundingMode);
    const out = backend.makeOutput(input.shape, 'float32');
    arithmetic.maxPoolGradient(addressOf(backend, input), addressOf(backend, dy), addressOf(backend, out), geometryOf(info));
    return out;
  },
};
