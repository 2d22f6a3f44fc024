/** @file Checkpoint bytes: a JSON head and arrays of numbers, with a mark of the plan and the data they belong to. */

import { canonicalJson, type Json } from '../../src/domain/canonical';
import type { TrainingInput } from '../../src/domain/modelling/learner';

export type Numbers = Float32Array | Float64Array;

export interface SavedState {
  readonly head: Json;
  readonly arrays: readonly Numbers[];
}

const word = 8;
const padded = (bytes: number): number => Math.ceil(bytes / word) * word;

/** Layout: length of the head as a little-endian word of 64 bits, the head as UTF-8, the arrays, each padded to 8 bytes. */
export function stateBytes(mark: string, { head, arrays }: SavedState): Uint8Array {
  const kinds = arrays.map((array) => [array instanceof Float64Array ? 64 : 32, array.length]);
  const text = new TextEncoder().encode(JSON.stringify({ mark, kinds, head }));
  const bytes = new Uint8Array(word + padded(text.length) + arrays.reduce((sum, array) => sum + padded(array.byteLength), 0));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, word);
  let at = word + padded(text.length);
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return bytes;
}

/** The state, or nothing where the bytes are not whole or belong to another plan or other data: then training begins anew. */
export function stateOf(mark: string, bytes: Uint8Array | undefined): SavedState | undefined {
  if (bytes === undefined || bytes.length < word) return undefined;
  const own = bytes.slice();
  const length = new DataView(own.buffer).getUint32(0, true);
  let parsed: { mark?: unknown; kinds?: [number, number][]; head?: Json };
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(own.subarray(word, word + length)));
  } catch {
    return undefined;
  }
  if (parsed.mark !== mark || parsed.kinds === undefined || parsed.head === undefined) return undefined;
  let at = word + padded(length);
  const arrays: Numbers[] = [];
  for (const [bits, count] of parsed.kinds) {
    const size = (count * bits) / 8;
    if (at + size > own.length) return undefined;
    arrays.push(bits === 64 ? new Float64Array(own.buffer, at, count) : new Float32Array(own.buffer, at, count));
    at += padded(size);
  }
  return { head: parsed.head, arrays };
}

/** What a checkpoint belongs to: the plan, the sizes, and a 32-bit hash (FNV-1a over words) of the training and validation rows. */
export function markOf({ plan, kind, classes, train, validation }: TrainingInput): string {
  let hash = 0x811c9dc5;
  const mix = (array: Numbers | undefined): void => {
    if (array === undefined) return;
    const words = new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4);
    for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i]!, 0x01000193);
  };
  for (const part of [train, validation]) for (const array of [part.x, part.y, part.weights]) mix(array);
  return canonicalJson({ plan: { ...plan }, kind, classes, rows: [train.rows, validation.rows], features: train.features, hash: hash >>> 0 });
}
