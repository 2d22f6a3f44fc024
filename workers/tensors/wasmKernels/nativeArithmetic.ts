/** @file The arithmetic of our wasm kernels with SIMD: `kernel:convolution`, working in the heap of tfjs so that nothing is copied. */

import { bytes } from 'kernel:convolution';
import { geometryWords, type Arithmetic, type Geometry, type Heap } from './arithmetic';

/** The exports of workers/kernels/assembly/convolution.ts. */
interface Functions {
  convolutionRoom(geometry: number): number;
  productRoom(shared: number, columns: number): number;
  filterGradient(x: number, dy: number, out: number, geometry: number, room: number): void;
  inputGradient(dy: number, filter: number, out: number, geometry: number, room: number): void;
  maxPoolGradient(x: number, dy: number, out: number, geometry: number): void;
  depthwiseFilterGradient(x: number, dy: number, out: number, geometry: number): void;
  depthwiseInputGradient(dy: number, filter: number, out: number, geometry: number): void;
  segmentSum(x: number, ids: number, out: number, rows: number, inner: number, segments: number): void;
  turnedProduct(
    a: number, aRow: number, aColumn: number, b: number, bRow: number, bColumn: number, out: number, rows: number, shared: number, columns: number, room: number,
  ): void;
  reluGradient(dy: number, y: number, out: number, count: number): void;
  adam(
    p: number, g: number, m: number, v: number, keep: number, p2: number, m2: number, v2: number, count: number, rate: number, beta1: number, beta2: number, epsilon: number,
  ): void;
}

/** @throws Error when the kernel cannot be fetched. Ask `kernelsRun` before. */
export async function nativeArithmetic(heap: Heap): Promise<Arithmetic> {
  const { instance } = await WebAssembly.instantiate(await bytes(), { env: { memory: heap.memory } });
  const run = instance.exports as unknown as Functions;
  const table = heap.take(4 * geometryWords.length);
  let [room, roomBytes] = [0, 0];
  /** One room for all calls, since none runs within another; it grows to what the largest needs. */
  const roomOf = (needed: number): number => {
    if (needed <= roomBytes) return room;
    if (roomBytes > 0) heap.free(room);
    roomBytes = 0;
    room = heap.take(needed);
    roomBytes = needed;
    return room;
  };
  const written = (geometry: Geometry): number => {
    new Int32Array(heap.memory.buffer, table, geometryWords.length).set(geometryWords.map((name) => geometry[name]));
    return table;
  };
  return {
    filterGradient: (x, dy, out, geometry) => run.filterGradient(x, dy, out, written(geometry), roomOf(run.convolutionRoom(table))),
    inputGradient: (dy, filter, out, geometry) => run.inputGradient(dy, filter, out, written(geometry), roomOf(run.convolutionRoom(table))),
    maxPoolGradient: (x, dy, out, geometry) => run.maxPoolGradient(x, dy, out, written(geometry)),
    depthwiseFilterGradient: (x, dy, out, geometry) => run.depthwiseFilterGradient(x, dy, out, written(geometry)),
    depthwiseInputGradient: (dy, filter, out, geometry) => run.depthwiseInputGradient(dy, filter, out, written(geometry)),
    segmentSum: (x, ids, out, rows, inner, segments) => run.segmentSum(x, ids, out, rows, inner, segments),
    product: (a, b, out, rows, shared, columns) =>
      run.turnedProduct(a.at, a.row, a.column, b.at, b.row, b.column, out, rows, shared, columns, roomOf(run.productRoom(shared, columns))),
    reluGradient: (dy, y, out, count) => run.reluGradient(dy, y, out, count),
    adam: (from, to, count, { rate, beta1, beta2, epsilon }) =>
      run.adam(from.p, from.g, from.m, from.v, from.keep, to.p, to.m, to.v, count, rate, beta1, beta2, epsilon),
  };
}
