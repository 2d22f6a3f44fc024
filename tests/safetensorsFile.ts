/** @file Reads a safetensors file as another program would, to see that ours are some. */

import { expect } from 'vitest';
import type { NumberArray, Tensor } from '../src/domain/modelling/forms/form';

const kinds = { F32: Float32Array, F64: Float64Array, I32: Int32Array, U32: Uint32Array, U16: Uint16Array, U8: Uint8Array } as const;

/** The tensors in the order of their bytes. Fails where offsets leave gaps, or shapes do not fit. */
export function tensorsOf(file: Uint8Array): Tensor[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, start))) as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  entries.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
  let at = 0;
  const tensors = entries.map(([name, { dtype, shape, data_offsets: [begin, end] }]): Tensor => {
    const kind = kinds[dtype as keyof typeof kinds];
    expect([begin, end - begin]).toEqual([at, kind.BYTES_PER_ELEMENT * shape.reduce((product, size) => product * size, 1)]);
    at = end;
    const data: NumberArray = new kind(file.slice(start + begin, start + end).buffer);
    return { name, shape, data };
  });
  expect(at).toBe(file.length - start);
  return tensors;
}
