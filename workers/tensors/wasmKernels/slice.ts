/** @file A slice that copies the slice: the stock kernel copies the whole tensor out of the heap first, so that a batch costs as much as the data set. */

import { Slice, slice_util, util, type SliceAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmKernel } from './kernel';

export const slice: WasmKernel = {
  kernelName: Slice,
  run({ inputs, attributes, backend }) {
    const { x } = inputs as { x: TensorInfo };
    if (x.dtype !== 'float32' && x.dtype !== 'int32' && x.dtype !== 'bool') return undefined;
    const attrs = attributes as unknown as SliceAttrs;
    const [begin, size] = slice_util.parseSliceParams(x, attrs.begin, attrs.size) as [number[], number[]];
    const out = backend.makeOutput(size, x.dtype);
    const count = util.sizeFromShape(size);
    if (count === 0) return out;
    const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(out)];
    const strides = [...util.computeStrides(x.shape), 1];
    // The last dimensions that are taken whole, and the one before them, lie in one piece.
    let piece = x.shape.length - 1;
    while (piece > 0 && size[piece] === x.shape[piece]) piece--;
    const length = util.sizeFromShape(size.slice(Math.max(piece, 0)));
    const start = begin.reduce((sum, index, dimension) => sum + index * strides[dimension]!, 0);
    const place = new Array<number>(Math.max(piece, 0)).fill(0);
    for (let at = 0, source = start; at < count; at += length) {
      to.set(from.subarray(source, source + length), at);
      for (let dimension = piece - 1; dimension >= 0; dimension--) {
        source += strides[dimension]!;
        if (++place[dimension]! < size[dimension]!) break;
        source -= size[dimension]! * strides[dimension]!;
        place[dimension] = 0;
      }
    }
    return out;
  },
};
