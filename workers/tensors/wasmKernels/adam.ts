/** @file A whole step of Adam in one kernel: composed of stock operations it takes ten. */

import type { TensorInfo } from '@tensorflow/tfjs-core';
import { adamKernel } from '../ownKernels';
import type { AdamStep } from './arithmetic';
import { addressOf, sizeOf, type WasmKernel } from './kernel';

export const adam: WasmKernel = {
  kernelName: adamKernel,
  run({ inputs, attributes, backend, arithmetic }) {
    const { p, g, m, v, keep } = inputs as { p: TensorInfo; g: TensorInfo; m: TensorInfo; v: TensorInfo; keep?: TensorInfo };
    const outs = [0, 0, 0].map(() => backend.makeOutput(p.shape, 'float32'));
    const at = (tensor: TensorInfo): number => addressOf(backend, tensor);
    const [p2, m2, v2] = outs.map(at) as [number, number, number];
    arithmetic.adam({ p: at(p), g: at(g), m: at(m), v: at(v), keep: keep ? at(keep) : 0 }, { p: p2, m: m2, v: v2 }, sizeOf(p), attributes as AdamStep);
    return outs;
  },
};
