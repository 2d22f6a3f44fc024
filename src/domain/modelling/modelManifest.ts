/** @file The body of a model's manifest, and the way from a learnt model to bytes and back. */

import type { Json } from '../canonical';
import type { Pieces } from '../data/tableManifest';
import type { NumberArray } from './forms/form';
import { formNamed, formOf } from './forms/registry';
import type { LearntModel } from './forms/learntModel';
import type { EpochReport, Plan } from './learner';
import type { Task } from './task';

export interface ModelBody {
  readonly task: Task;
  readonly plan: Plan;
  readonly form: string;
  /** What is named in the model; its arrays are in the chunks. */
  readonly structure: Json;
  /** Kind and length of each array, in order. */
  readonly arrays: readonly (readonly [ArrayKind, number])[];
  /** The chunks whose bytes, put together, hold the arrays. */
  readonly pieces: Pieces;
  readonly features: readonly { readonly name: string; readonly column: string }[];
  readonly curve: readonly EpochReport[];
  readonly facts: Readonly<Record<string, Json>>;
  /** Rows it learnt from, and rows that decided when to stop. */
  readonly trainedOn: { readonly train: number; readonly validation: number };
}

/** As the first version stored it: dense layers alone, weights then bias of each, float32, in chunk 0. */
export type FirstModelBody = Omit<ModelBody, 'form' | 'structure' | 'arrays' | 'pieces'> & {
  readonly output: string;
  readonly layers: readonly { readonly inputs: number; readonly outputs: number; readonly activation: string }[];
};

const kinds = { f32: Float32Array, f64: Float64Array, i32: Int32Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array } as const;
export type ArrayKind = keyof typeof kinds;

const word = 8;
const padded = (bytes: number): number => Math.ceil(bytes / word) * word;

function kindOf(array: NumberArray): ArrayKind {
  for (const [name, kind] of Object.entries(kinds)) if (array instanceof kind) return name as ArrayKind;
  throw new TypeError('a model holds no such array');
}

/** What the manifest says of a model, and its bytes: the arrays one after another, little-endian, each padded to 8 bytes. */
export function storedForm(model: LearntModel): Pick<ModelBody, 'form' | 'structure' | 'arrays'> & { readonly bytes: Uint8Array<ArrayBuffer> } {
  const { structure, arrays } = formOf(model).taken(model);
  const bytes = new Uint8Array(arrays.reduce((sum, array) => sum + padded(array.byteLength), 0));
  let at = 0;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return { form: model.form, structure, arrays: arrays.map((array) => [kindOf(array), array.length] as const), bytes };
}

/** @throws RangeError when the bytes do not fit the manifest */
export function learntModel(body: ModelBody | FirstModelBody, bytes: Uint8Array): LearntModel {
  if (!('form' in body)) return firstModel(body, bytes);
  const own = bytes.slice();
  let at = 0;
  const arrays = body.arrays.map(([kind, length]): NumberArray => {
    const array = kinds[kind];
    if (at + length * array.BYTES_PER_ELEMENT > own.length) throw new RangeError(`a model's bytes end at ${own.length}`);
    const made = new array(own.buffer, at, length);
    at += padded(made.byteLength);
    return made;
  });
  if (at !== own.length) throw new RangeError(`a model of ${at} bytes came with ${own.length}`);
  return formNamed(body.form).made(body.structure, arrays, body.facts);
}

function firstModel({ layers, output, facts }: FirstModelBody, bytes: Uint8Array): LearntModel {
  const floats = new Float32Array(bytes.slice().buffer);
  let at = 0;
  const arrays: NumberArray[] = [];
  for (const { inputs, outputs } of layers) {
    arrays.push(floats.slice(at, (at += inputs * outputs)), floats.slice(at, (at += outputs)));
  }
  if (at !== floats.length) throw new RangeError(`a model of ${at} weights came with ${floats.length}`);
  return formNamed('layers').made({ layers, output } as unknown as Json, arrays, facts);
}

/** Number of learnt numbers. */
export const parametersIn = (body: ModelBody | FirstModelBody): number =>
  'form' in body ? formNamed(body.form).parameters(body.structure) : formNamed('layers').parameters({ layers: body.layers, output: body.output } as unknown as Json);
