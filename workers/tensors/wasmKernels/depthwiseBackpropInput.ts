/** @file The gradient of a depthwise convolution's input: the stock backend has none. */

import { backend_util, DepthwiseConv2dNativeBackpropInput, type DepthwiseConv2dNativeBackpropInputAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, geometryOf, type WasmKernel } from './kernel';

export const depthwiseBackpropInput: WasmKernel = {
  kernelName: DepthwiseConv2dNativeBackpropInput,
  run({ inputs, attributes, backend, arithmetic }) {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const { strides, dilations, pad, dimRoundingMode, inputShape } = attributes as unknown as DepthwiseConv2dNativeBackpropInputAttrs;
    const info = backend_util.computeConv2DInfo(inputShape, filter.shape as [number, number, number, number], strides, dilations, pad, dimRoundingMode, true);
    const out = backend.makeOutput(inputShape, 'float32');
    arithmetic.depthwiseInputGradient(addressOf(backend, dy), addressOf(backend, filter), addressOf(backend, out), geometryOf(info));
    return out;
  },
};
