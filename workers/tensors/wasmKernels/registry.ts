/** @file The kernels of ours for tfjs's wasm backend, put over the stock ones or in their place. To add one: a file beside this, and a line here. */

import {
  Conv3DBackpropInputV2,
  Dilation2DBackpropFilter,
  Dilation2DBackpropInput,
  getKernel,
  registerKernel,
  unregisterKernel,
  type KernelConfig,
  type NamedAttrMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { kernelsRun } from '../../../src/domain/modelling/kernelsRun';
import { adam } from './adam';
import { cleared } from './cleared';
import { conv2DBackpropFilter } from './conv2DBackpropFilter';
import { conv2DBackpropInput } from './conv2DBackpropInput';
import { depthwiseBackpropFilter } from './depthwiseBackpropFilter';
import { depthwiseBackpropInput } from './depthwiseBackpropInput';
import { heapOf, refuseWhatDoesNotFit, type Arguments, type WasmBackend, type WasmKernel } from './kernel';
import { batchMatMul, fusedMatMul } from './matMul';
import { maxPoolGrad } from './maxPoolGrad';
import { nativeArithmetic } from './nativeArithmetic';
import { plainArithmetic } from './plainArithmetic';
import { reluGradient } from './reluGradient';
import { slice } from './slice';
import { unsortedSegmentSum } from './unsortedSegmentSum';

export const wasmKernels: readonly WasmKernel[] = [
  adam,
  batchMatMul,
  ...cleared,
  conv2DBackpropFilter,
  conv2DBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  fusedMatMul,
  maxPoolGrad,
  reluGradient,
  slice,
  unsortedSegmentSum,
];

/** Wrong without a word in tfjs 4.22, and used by none of us: an error is better. */
const removed = [Conv3DBackpropInputV2, Dilation2DBackpropInput, Dilation2DBackpropFilter];

let registered = false;

/**
 * Registers the kernels over those of a started wasm backend. Once is enough; more does no harm.
 * @throws Error when the SIMD kernel cannot be fetched
 */
export async function registerWasmKernels(wasm: unknown): Promise<void> {
  if (registered) return;
  const backend = wasm as WasmBackend;
  refuseWhatDoesNotFit(backend);
  const heap = heapOf(backend);
  const arithmetic = kernelsRun() ? await nativeArithmetic(heap) : plainArithmetic(heap);
  // Not before the wait: a start that failed may be tried again.
  if (registered) return;
  registered = true;
  for (const name of removed) unregisterKernel(name, 'wasm');
  for (const kernel of wasmKernels) {
    const stock = getKernel(kernel.kernelName, 'wasm') as KernelConfig | undefined;
    if (stock) unregisterKernel(kernel.kernelName, 'wasm');
    const askStock = (args: Arguments): TensorInfo => {
      if (!stock) throw new Error(`the kernel ${kernel.kernelName} of the wasm backend does not take these inputs`);
      return stock.kernelFunc(args) as TensorInfo;
    };
    registerKernel({
      ...stock,
      kernelName: kernel.kernelName,
      backendName: 'wasm',
      kernelFunc: (args) =>
        kernel.run({
          inputs: args.inputs,
          attributes: args.attrs ?? {},
          backend,
          arithmetic,
          stock: (inputs = args.inputs, attributes = args.attrs ?? {}, over = backend) =>
            askStock({ inputs: inputs as Arguments['inputs'], attrs: attributes as NamedAttrMap, backend: over }),
        }) ?? askStock(args),
    });
  }
}
