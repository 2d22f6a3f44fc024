/** @file The gradient of a convolution's filter: the stock backend has none. */

import { backend_util, Conv2DBackpropFilter, type Conv2DBackpropFilterAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, geometryOf, type WasmKernel } from './kernel';

export const conv2DBackpropFilter: WasmKernel = {
  kernelName: Conv2DBackpropFilter,
  run({ inputs, attributes, backend, arithmetic }) {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attributes as unknown as Conv2DBackpropFilterAttrs;
    if (dataFormat !== 'NHWC') return undefined;
    const info = backend_util.computeConv2DInfo(x.shape as [number, number, number, number], filterShape, strides, 1, pad, dimRoundingMode);
    const out = backend.makeOutput(filterShape, 'float32');
    arithmetic.filterGradient(addressOf(backend, x), addressOf(backend, dy), addressOf(backend, out), geometryOf(info));
    return out;
  },
};
