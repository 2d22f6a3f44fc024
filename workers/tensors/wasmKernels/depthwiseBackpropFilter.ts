/** @file The gradient of a depthwise convolution's filter: the stock backend has none. */

import { backend_util, DepthwiseConv2dNativeBackpropFilter, type DepthwiseConv2dNativeBackpropFilterAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, geometryOf, type WasmKernel } from './kernel';

export const depthwiseBackpropFilter: WasmKernel = {
  kernelName: DepthwiseConv2dNativeBackpropFilter,
  run({ inputs, attributes, backend, arithmetic }) {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const { strides, dilations, pad, dimRoundingMode, filterShape } = attributes as unknown as DepthwiseConv2dNativeBackpropFilterAttrs;
    const info = backend_util.computeConv2DInfo(x.shape as [number, number, number, number], filterShape, strides, dilations, pad, dimRoundingMode, true);
    const out = backend.makeOutput(filterShape, 'float32');
    arithmetic.depthwiseFilterGradient(addressOf(backend, x), addressOf(backend, dy), addressOf(backend, out), geometryOf(info));
    return out;
  },
};
