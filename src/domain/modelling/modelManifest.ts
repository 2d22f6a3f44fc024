/** @file The body of a model's manifest, and the way from a learnt model to one chunk of weights and back. */

import type { Json } from '../canonical';
import type { EpochReport, LearntLayer, LearntModel, Plan } from './learner';
import type { Task } from './task';

export interface ModelBody {
  readonly task: Task;
  readonly plan: Plan;
  readonly output: LearntModel['output'];
  /** Shapes in order; weights then bias of each layer lie one after another, float32 little-endian, in chunk 0. */
  readonly layers: readonly Omit<LearntLayer, 'weights' | 'bias'>[];
  readonly features: readonly { readonly name: string; readonly column: string }[];
  readonly curve: readonly EpochReport[];
  readonly facts: Readonly<Record<string, Json>>;
  /** Rows it learnt from, and rows that decided when to stop. */
  readonly trainedOn: { readonly train: number; readonly validation: number };
}

/** Weights, then bias, of one layer after another. */
export function flatParameters(layers: readonly LearntLayer[]): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(layers.reduce((sum, layer) => sum + layer.weights.length + layer.bias.length, 0));
  let at = 0;
  for (const { weights, bias } of layers) {
    floats.set(weights, at);
    floats.set(bias, at + weights.length);
    at += weights.length + bias.length;
  }
  return floats;
}

/** The weights as they are stored. */
export const weightBytes = (model: LearntModel): Uint8Array<ArrayBuffer> => new Uint8Array(flatParameters(model.layers).buffer);

/** @throws RangeError when the bytes do not fit the shapes */
export function learntModel(body: ModelBody, bytes: Uint8Array): LearntModel {
  const floats = new Float32Array(bytes.slice().buffer);
  let at = 0;
  const layers = body.layers.map((layer): LearntLayer => {
    const size = layer.inputs * layer.outputs;
    const weights = floats.slice(at, at + size);
    const bias = floats.slice(at + size, at + size + layer.outputs);
    at += size + layer.outputs;
    return { ...layer, weights, bias };
  });
  if (at !== floats.length) throw new RangeError(`a model of ${at} weights came with ${floats.length}`);
  return { layers, output: body.output, facts: body.facts };
}

export const parametersIn = (body: ModelBody): number => body.layers.reduce((sum, layer) => sum + (layer.inputs + 1) * layer.outputs, 0);
