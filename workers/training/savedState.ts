/** @file Checkpoint bytes: a JSON head and arrays of numbers, with a mark of the plan and the data they belong to. */

import { canonicalJson, type Json } from '../../src/domain/canonical';
import type { TrainingInput } from '../../src/domain/modelling/learner';

export type Numbers = Float32Array | Float64Array;
/** Lists that a state can hold. */
export type SavedNumbers = Numbers | Int32Array | Uint32Array | Uint8Array;

export interface SavedState<Kept extends SavedNumbers = Numbers> {
  readonly head: Json;
  readonly arrays: readonly Kept[];
}

const kinds = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array };
type Kind = keyof typeof kinds;
const kindOf = (array: SavedNumbers | undefined): Kind => (Object.keys(kinds) as Kind[]).find((kind) => array instanceof kinds[kind]) ?? 'u8';

const word = 8;
const padded = (bytes: number): number => Math.ceil(bytes / word) * word;

/**
 * Layout: length of the head as a little-endian word of 64 bits, the head as UTF-8, the arrays, each padded to 8 bytes.
 * @param lists the arrays, each as pieces of one kind that follow each other; there is a pause after each piece
 */
function* writing(mark: string, head: Json, lists: readonly (readonly SavedNumbers[])[]): Generator<void, Uint8Array> {
  const sizes = lists.map((pieces) => pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  const shapes = lists.map((pieces) => [kindOf(pieces[0]), pieces.reduce((sum, piece) => sum + piece.length, 0)]);
  const text = new TextEncoder().encode(JSON.stringify({ mark, kinds: shapes, head }));
  const bytes = new Uint8Array(word + padded(text.length) + sizes.reduce((sum, size) => sum + padded(size), 0));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, word);
  let begin = word + padded(text.length);
  for (const [i, pieces] of lists.entries()) {
    let at = begin;
    for (const piece of pieces) {
      bytes.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), at);
      at += piece.byteLength;
      yield;
    }
    begin += padded(sizes[i]!);
  }
  return bytes;
}

export function stateBytes(mark: string, { head, arrays }: SavedState<SavedNumbers>): Uint8Array {
  const steps = writing(mark, head, arrays.map((array) => [array]));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** As `stateBytes`, for states so large that their writing has to give way: each array comes in pieces. */
export async function largeStateBytes(mark: string, head: Json, lists: readonly (readonly SavedNumbers[])[], breathe: () => Promise<void> | undefined): Promise<Uint8Array> {
  const steps = writing(mark, head, lists);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    const wait = breathe();
    if (wait) await wait;
  }
}

/** The state, or nothing where the bytes are not whole or belong to another plan or other data: then training begins anew. */
export function stateOf<Kept extends SavedNumbers = Numbers>(mark: string, bytes: Uint8Array | undefined): SavedState<Kept> | undefined {
  if (bytes === undefined || bytes.length < word) return undefined;
  const own = bytes.slice();
  const length = new DataView(own.buffer).getUint32(0, true);
  let parsed: { mark?: unknown; kinds?: [Kind, number][]; head?: Json };
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(own.subarray(word, word + length)));
  } catch {
    return undefined;
  }
  if (parsed.mark !== mark || parsed.kinds === undefined || parsed.head === undefined) return undefined;
  let at = word + padded(length);
  const arrays: SavedNumbers[] = [];
  for (const [kind, count] of parsed.kinds) {
    // An earlier version wrote other kinds.
    if (!Object.hasOwn(kinds, kind)) return undefined;
    const size = count * kinds[kind].BYTES_PER_ELEMENT;
    if (at + size > own.length) return undefined;
    arrays.push(new kinds[kind](own.buffer, at, count));
    at += padded(size);
  }
  return { head: parsed.head, arrays: arrays as Kept[] };
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
