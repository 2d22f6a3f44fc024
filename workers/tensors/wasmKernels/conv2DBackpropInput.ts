/** @file The gradient of a convolution's input, as one matrix product: the stock kernel visits every number by itself. */

import { backend_util, Conv2DBackpropInput, type Conv2DBackpropInputAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, geometryOf, type WasmKernel } from './kernel';

export const conv2DBackpropInput: WasmKernel = {
  kernelName: Conv2DBackpropInput,
  run({ inputs, attributes, backend, arithmetic }) {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const { strides, pad, dataFormat, dimRoundingMode, inputShape } = attributes as unknown as Conv2DBackpropInputAttrs;
    if (dataFormat !== 'NHWC') return undefined;
    const info = backend_util.computeConv2DInfo(inputShape, filter.shape as [number, number, number, number], strides, 1, pad, dimRoundingMode);
    const out = backend.makeOutput(inputShape, 'float32');
    arithmetic.inputGradient(addressOf(backend, dy), addressOf(backend, filter), addressOf(backend, out), geometryOf(info));
    return out;
  },
};
