/** @file Sums by segment, which the gradient of gather (an embedding) is: the stock backend has none. */

import { UnsortedSegmentSum, util, type TensorInfo, type UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import { addressOf, areFloats, type WasmKernel } from './kernel';

export const unsortedSegmentSum: WasmKernel = {
  kernelName: UnsortedSegmentSum,
  run({ inputs, attributes, backend, arithmetic }) {
    const { x, segmentIds } = inputs as { x: TensorInfo; segmentIds: TensorInfo };
    const { numSegments } = attributes as unknown as UnsortedSegmentSumAttrs;
    // One id a row; ids of several dimensions are flattened by the gradient before they come here.
    if (!areFloats(x) || segmentIds.dtype !== 'int32' || segmentIds.shape.length !== 1) return undefined;
    const [rows, ...inner] = x.shape as [number, ...number[]];
    const out = backend.makeOutput([numSegments, ...inner], 'float32');
    arithmetic.segmentSum(addressOf(backend, x), addressOf(backend, segmentIds), addressOf(backend, out), rows, util.sizeFromShape(inner), numSegments);
    return out;
  },
};
