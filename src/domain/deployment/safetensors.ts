/**
 * @file Weights as safetensors: an 8-byte little-endian header length, a JSON header, then the raw bytes of all tensors.
 * Float32 only. Reading trusts nothing: lengths, offsets and shapes are checked before a byte is used.
 */

import type { Tensor } from '../modelling/learner';
import { Refusal } from '../refusal';

/** The format's own limit. */
const largestHeader = 100_000_000;

/** The bytes of a file. @param metadata short facts; keys and values are text. @throws TypeError for two tensors of one name. */
export function safetensorsOf(tensors: readonly Tensor[], metadata: readonly { readonly key: string; readonly value: string }[] = []): Uint8Array {
  const names = new Set(tensors.map(({ name }) => name));
  if (names.size !== tensors.length || names.has('__metadata__')) throw new TypeError('every tensor needs a name of its own');
  let end = 0;
  const entries = tensors.map(({ name, shape, data }) => {
    if (sizeOf(shape) !== data.length) throw new TypeError(`${name}: the shape does not hold ${data.length} numbers`);
    const begin = end;
    end += data.length * 4;
    // Written by hand, since a name such as __proto__ must not become a key of an object.
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype: 'F32', shape, data_offsets: [begin, end] })}`;
  });
  if (metadata.length > 0) entries.unshift(`"__metadata__":{${metadata.map(({ key, value }) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`);
  const header = new TextEncoder().encode(`{${entries.join()}}`);
  // Spaces up to a multiple of 8 align the numbers.
  const length = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(length), true);
  file.set(header, 8);
  let at = 8 + length;
  for (const { data } of tensors)
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  return file;
}

/**
 * The tensors of a file, in the order of their bytes.
 * @throws Refusal `safetensorsBroken` {reason}: `length`, `header`, `shape` or `offsets`; `safetensorsType` {tensor, type} for anything but F32.
 */
export function tensorsOf(file: Uint8Array): Tensor[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = file.length < 8 ? -1n : view.getBigUint64(0, true);
  if (length < 2n || length > BigInt(Math.min(largestHeader, file.length - 8))) throw broken('length');
  const start = 8 + Number(length);
  const entries = headerOf(file.subarray(8, start)).sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { begin, end } of entries) {
    if (begin !== at || end < begin) throw broken('offsets');
    at = end;
  }
  if (at !== file.length - start) throw broken('offsets');
  return entries.map(({ name, shape, begin, end }) => {
    if (sizeOf(shape) * 4 !== end - begin) throw broken('shape');
    const data = new Float32Array((end - begin) / 4);
    for (let i = 0; i < data.length; i++) data[i] = view.getFloat32(start + begin + i * 4, true);
    return { name, shape, data };
  });
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function headerOf(bytes: Uint8Array): Entry[] {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw broken('header');
  }
  if (!isRecord(header)) throw broken('header');
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => {
      if (!isRecord(entry) || typeof entry.dtype !== 'string' || !isCounts(entry.shape) || !isCounts(entry.data_offsets)) throw broken('header');
      if (entry.dtype !== 'F32') throw new Refusal('safetensorsType', { tensor: name, type: entry.dtype });
      const [begin, end, ...rest] = entry.data_offsets;
      if (begin === undefined || end === undefined || rest.length > 0) throw broken('header');
      return { name, shape: entry.shape, begin, end };
    });
}

const broken = (reason: 'length' | 'header' | 'shape' | 'offsets'): Refusal => new Refusal('safetensorsBroken', { reason });
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
