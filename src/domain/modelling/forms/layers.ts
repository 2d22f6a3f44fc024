/** @file The form of networks, linear models and constants: a stack of dense layers, with embeddings of categories before it where there are any. */

import type { Json } from '../../canonical';
import { exp64 } from '../../exactMath';
import { writeAnswer, type AnswerKind } from '../writeAnswer';
import type { ModelBase, ModelForm, NumberArray, Tensor } from './form';

export type Activation = 'linear' | 'relu' | 'tanh' | 'gelu';

export interface LearntLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** inputs × outputs, row-major, so that y = x·W + b. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
  /** Layer normalisation between x·W + b and the activation: (y − mean) / √(variance + epsilon) · scale + shift. A batch normalisation is folded into W and b. */
  readonly norm?: { readonly scale: Float32Array; readonly shift: Float32Array; readonly epsilon: number };
  /** The input is added to the output; both are equally wide. */
  readonly residual?: boolean;
}

export interface Embedding {
  /** Which feature holds the code. */
  readonly feature: number;
  /** Codes from 0 to categories − 1; the row after them is for what is missing or unknown. */
  readonly categories: number;
  readonly width: number;
  /** (categories + 1) × width, row-major. */
  readonly table: Float32Array;
}

export interface LayersModel extends ModelBase {
  readonly form: 'layers';
  /** In order: inputs → … → K logits (1 logit of the class with index 1 when K = 2) or 1 value. A constant has one layer without inputs, whose bias is the answer. */
  readonly layers: readonly LearntLayer[];
  readonly output: AnswerKind;
  /** The first layer takes the features without an embedding in their order, then the embeddings in theirs. */
  readonly embeddings?: readonly Embedding[];
}

/** tanh x, the same bits everywhere. */
export function tanh64(x: number): number {
  if (Math.abs(x) < 1e-4) return x - (x * x * x) / 3;
  const e = exp64(2 * Math.abs(x));
  const t = 1 - 2 / (e + 1);
  return x < 0 ? -t : t;
}

/** x · σ(√(8/π) (x + 0.044715 x³)): the tanh form of GELU (Hendrycks and Gimpel 2016). */
export const gelu64 = (x: number): number => x / (1 + exp64(-1.5957691216057308 * (x + 0.044715 * x * x * x)));

const activate: Record<Exclude<Activation, 'linear'>, (x: number) => number> = { relu: (x) => (x < 0 ? 0 : x), tanh: tanh64, gelu: gelu64 };

interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  readonly epsilon?: number;
  readonly residual?: boolean;
}

interface Structure {
  readonly output: AnswerKind;
  readonly layers: readonly LayerShape[];
  readonly embeddings?: readonly Omit<Embedding, 'table'>[];
}

/** Features that a model takes. */
export const featuresOf = ({ layers, embeddings = [] }: Pick<LayersModel, 'layers' | 'embeddings'>): number =>
  layers[0]!.inputs - embeddings.reduce((sum, { width }) => sum + width, 0) + embeddings.length;

export const layersForm: ModelForm<LayersModel> = {
  name: 'layers',
  taken({ layers, output, embeddings }) {
    const structure: Structure = {
      output,
      layers: layers.map(({ inputs, outputs, activation, norm, residual }) => ({ inputs, outputs, activation, ...(norm ? { epsilon: norm.epsilon } : {}), ...(residual ? { residual } : {}) })),
      ...(embeddings ? { embeddings: embeddings.map(({ feature, categories, width }) => ({ feature, categories, width })) } : {}),
    };
    const arrays = [...(embeddings ?? []).map(({ table }) => table), ...layers.flatMap(({ weights, bias, norm }) => [weights, bias, ...(norm ? [norm.scale, norm.shift] : [])])];
    return { structure: structure as unknown as Json, arrays };
  },
  made(structure, arrays, facts) {
    const { output, layers, embeddings } = structure as unknown as Structure;
    let at = 0;
    const take = (length: number): Float32Array => {
      const array = arrays[at++];
      if (!(array instanceof Float32Array) || array.length !== length) throw new RangeError(`a model wants ${length} numbers and there are ${array?.length ?? 0}`);
      return array;
    };
    const tables = embeddings?.map((one): Embedding => ({ ...one, table: take((one.categories + 1) * one.width) }));
    const made = layers.map(({ epsilon, ...shape }): LearntLayer => {
      const weights = take(shape.inputs * shape.outputs);
      const bias = take(shape.outputs);
      return { ...shape, weights, bias, ...(epsilon === undefined ? {} : { norm: { scale: take(shape.outputs), shift: take(shape.outputs), epsilon } }) };
    });
    if (at !== arrays.length) throw new RangeError(`a model of ${at} arrays came with ${arrays.length}`);
    return { form: 'layers', layers: made, output, facts, ...(tables ? { embeddings: tables } : {}) };
  },
  forward,
  parameters(structure) {
    const { layers, embeddings = [] } = structure as unknown as Structure;
    const inLayers = layers.reduce((sum, { inputs, outputs, epsilon }) => sum + (inputs + 1 + (epsilon === undefined ? 0 : 2)) * outputs, 0);
    return embeddings.reduce((sum, { categories, width }) => sum + (categories + 1) * width, inLayers);
  },
  /** `layers.0.weight` as [inputs, outputs], so that y = x·W + b, `layers.0.bias` as [outputs], and so on. */
  tensors: ({ layers, embeddings = [] }) => [
    ...embeddings.map(({ feature, categories, width, table }): Tensor => ({ name: `embeddings.${feature}.table`, shape: [categories + 1, width], data: table })),
    ...layers.flatMap(({ inputs, outputs, weights, bias, norm }, index): Tensor[] => [
      { name: `layers.${index}.weight`, shape: [inputs, outputs], data: weights },
      { name: `layers.${index}.bias`, shape: [outputs], data: bias },
      ...(norm
        ? [
            { name: `layers.${index}.norm.scale`, shape: [outputs], data: norm.scale },
            { name: `layers.${index}.norm.shift`, shape: [outputs], data: norm.shift },
          ]
        : []),
    ]),
  ],
};

/** Weights are float32, sums are float64. Zeros in the features cost nothing, so one-hot rows are cheap. */
function forward(model: LayersModel, classes: number, x: Float32Array, rows: number): Float64Array {
  const width = Math.max(classes, 1);
  const answer = new Float64Array(rows * width);
  const [first] = model.layers;
  if (!first) throw new RangeError('a learnt model has at least one layer');
  if (model.output === 'constant') {
    for (let i = 0; i < rows; i++) answer.set(first.bias, i * width);
    return answer;
  }
  const features = featuresOf(model);
  if (x.length !== rows * features) throw new RangeError(`${rows} rows of ${features} features are ${rows * features} numbers, not ${x.length}`);
  const outputs = model.layers.map((layer) => new Float64Array(layer.outputs));
  const embedded = model.embeddings && new Float64Array(first.inputs);
  for (let i = 0; i < rows; i++) {
    let input: NumberArray = x;
    let start = i * features;
    if (embedded) {
      embed(model.embeddings!, x, start, features, embedded);
      input = embedded;
      start = 0;
    }
    for (let l = 0; l < model.layers.length; l++) {
      applyLayer(model.layers[l]!, input, start, outputs[l]!);
      input = outputs[l]!;
      start = 0;
    }
    writeAnswer(model.output, input, answer, i * width, width);
  }
  return answer;
}

/** One row as the first layer takes it. */
export function embed(embeddings: readonly Embedding[], x: Float32Array, start: number, features: number, into: Float64Array | Float32Array): void {
  let at = 0;
  for (let k = 0; k < features; k++) if (!embeddings.some(({ feature }) => feature === k)) into[at++] = x[start + k]!;
  for (const { feature, categories, width, table } of embeddings) {
    const code = x[start + feature]!;
    const row = code >= 0 && code < categories ? code : categories;
    for (let j = 0; j < width; j++) into[at++] = table[row * width + j]!;
  }
}

function applyLayer(layer: LearntLayer, input: ArrayLike<number>, start: number, output: Float64Array): void {
  const { inputs, outputs, weights, bias, activation, norm, residual } = layer;
  for (let j = 0; j < outputs; j++) output[j] = bias[j]!;
  for (let k = 0; k < inputs; k++) {
    const value = input[start + k]!;
    if (value === 0) continue;
    const offset = k * outputs;
    for (let j = 0; j < outputs; j++) output[j]! += value * weights[offset + j]!;
  }
  if (norm) normalise(output, norm);
  if (activation !== 'linear') {
    const activated = activate[activation];
    for (let j = 0; j < outputs; j++) output[j] = activated(output[j]!);
  }
  if (residual) for (let j = 0; j < outputs; j++) output[j]! += input[start + j]!;
}

function normalise(values: Float64Array, { scale, shift, epsilon }: NonNullable<LearntLayer['norm']>): void {
  const n = values.length;
  let mean = 0;
  for (let j = 0; j < n; j++) mean += values[j]!;
  mean /= n;
  let variance = 0;
  for (let j = 0; j < n; j++) variance += (values[j]! - mean) ** 2;
  const factor = 1 / Math.sqrt(variance / n + epsilon);
  for (let j = 0; j < n; j++) values[j] = (values[j]! - mean) * factor * scale[j]! + shift[j]!;
}
