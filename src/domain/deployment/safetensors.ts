/**
 * @file Weights as safetensors: an 8-byte little-endian header length, a JSON header, then the raw bytes of all tensors.
 * The kinds of arrays that a model may hold.
 */

import type { NumberArray, Tensor } from '../modelling/forms/form';

/** The bytes of a file. @param metadata short facts; keys and values are text. @throws TypeError for two tensors of one name. */
export function safetensorsOf(tensors: readonly Tensor[], metadata: readonly { readonly key: string; readonly value: string }[] = []): Uint8Array {
  const names = new Set(tensors.map(({ name }) => name));
  if (names.size !== tensors.length || names.has('__metadata__')) throw new TypeError('every tensor needs a name of its own');
  let end = 0;
  const entries = tensors.map(({ name, shape, data }) => {
    if (sizeOf(shape) !== data.length) throw new TypeError(`${name}: the shape does not hold ${data.length} numbers`);
    const begin = end;
    end += data.byteLength;
    // Written by hand, since a name such as __proto__ must not become a key of an object.
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype: typeOf(data), shape, data_offsets: [begin, end] })}`;
  });
  if (metadata.length > 0) entries.unshift(`"__metadata__":{${metadata.map(({ key, value }) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`);
  const header = new TextEncoder().encode(`{${entries.join()}}`);
  // Spaces up to a multiple of 8 align the numbers.
  const length = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(header, 8);
  let at = 8 + length;
  // Typed arrays are little-endian on every machine that runs a browser.
  for (const { data } of tensors) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

function typeOf(data: NumberArray): string {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Float64Array) return 'F64';
  if (data instanceof Int32Array) return 'I32';
  if (data instanceof Uint32Array) return 'U32';
  return data instanceof Uint16Array ? 'U16' : 'U8';
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
