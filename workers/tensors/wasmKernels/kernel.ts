/** @file What a kernel of ours for tfjs's wasm backend is, and the few members of that backend that one needs. Not what they compute: see arithmetic.ts. */

import { util, type backend_util, type DataType, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { Refusal } from '../../../src/domain/refusal';
import type { Arithmetic, Geometry, Heap } from './arithmetic';

/** tfjs types a kernel's backend as `{}` and leaves out the exports of its module, so it is cast here and nowhere else. */
export interface WasmBackend {
  readonly wasm: {
    _malloc(bytes: number): number;
    _free(address: number): void;
    /** The exports of the emscripten module. */
    readonly asm: { readonly memory: WebAssembly.Memory };
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): backend_util.TypedArray;
  disposeData(dataId: object): boolean;
}

export interface KernelCall {
  readonly inputs: Readonly<Record<string, TensorInfo | undefined>>;
  /** As tfjs hands them over; a kernel says what it expects. */
  readonly attributes: object;
  readonly backend: WasmBackend;
  readonly arithmetic: Arithmetic;
  /** The kernel that tfjs has, on the same or on other inputs. */
  stock(inputs?: Readonly<Record<string, TensorInfo | undefined>>, attributes?: object, backend?: object): TensorInfo;
}

export interface WasmKernel {
  readonly kernelName: string;
  /** Undefined: not for us, the stock kernel serves. */
  run(call: KernelCall): TensorInfo | TensorInfo[] | undefined;
}

export type Arguments = Parameters<KernelFunc>[0];

/** Address of a tensor's numbers. Look it up after the output is made: addresses stay, but views go when the heap grows. */
export const addressOf = (backend: WasmBackend, tensor: TensorInfo): number => backend.dataIdMap.get(tensor.dataId).memoryOffset;

export const areFloats = (...tensors: readonly (TensorInfo | undefined)[]): boolean => tensors.every((tensor) => tensor?.dtype === 'float32');

export const sizeOf = (tensor: TensorInfo): number => util.sizeFromShape(tensor.shape);

/** The geometry of what `computeConv2DInfo` and `computePool2DInfo` answer. */
export const geometryOf = (info: backend_util.Conv2DInfo): Geometry => ({
  batch: info.batchSize,
  inHeight: info.inHeight,
  inWidth: info.inWidth,
  inChannels: info.inChannels,
  outHeight: info.outHeight,
  outWidth: info.outWidth,
  outChannels: info.outChannels,
  filterHeight: info.filterHeight,
  filterWidth: info.filterWidth,
  strideHeight: info.strideHeight,
  strideWidth: info.strideWidth,
  dilationHeight: info.dilationHeight,
  dilationWidth: info.dilationWidth,
  top: info.padInfo.top,
  left: info.padInfo.left,
});

/** The most that a 32-bit heap can ever hold. */
const most = 2 ** 32 - 2 ** 16;

/**
 * Makes the backend refuse what does not fit: as shipped it takes a null address for one, and the size modulo 4 GiB for the size, and writes
 * over whatever is there.
 */
export function refuseWhatDoesNotFit({ wasm }: WasmBackend): void {
  // The first call of emscripten's function puts another in its place, and would undo this.
  wasm._free(wasm._malloc(8));
  const stock = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = bytes > most ? 0 : stock.call(wasm, bytes) >>> 0;
    if (address === 0 && bytes > 0) throw new Refusal('outOfMemory', { megabytes: Math.ceil(bytes / 2 ** 20) });
    return address;
  };
}

export const heapOf = ({ wasm }: WasmBackend): Heap => ({
  memory: wasm.asm.memory,
  take: (bytes) => wasm._malloc(bytes) >>> 0,
  free: (address) => wasm._free(address),
});
