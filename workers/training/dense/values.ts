/** @file The numbers of a dense network by layer, row-major and without padding: the first ones, and the model that they make. */

import type { Activation, Embedding, LayersModel, LearntLayer } from '../../../src/domain/modelling/forms/layers';
import type { ModelBase } from '../../../src/domain/modelling/forms/form';
import type { AnswerKind } from '../../../src/domain/modelling/writeAnswer';
import type { Random } from '../../../src/domain/random';
import type { Scale } from '../loss';
import type { Numbers } from '../savedState';
import { normEpsilon, type DenseShape } from './shape';

export interface LayerValues {
  /** inputs × outputs. */
  readonly weights: Numbers;
  readonly bias: Numbers;
  /** Of a norm: scale and shift. */
  readonly scale?: Numbers;
  readonly shift?: Numbers;
  /** Of a batch norm: running mean and variance. */
  readonly mean?: Numbers;
  readonly variance?: Numbers;
}

export interface DenseValues {
  readonly layers: readonly LayerValues[];
  /** (categories + 1) × width. */
  readonly tables: readonly Numbers[];
}

/**
 * First values: uniform on ±√(6 / inputs) before ReLU and GELU (He et al. 2015), ±√(6 / (inputs + outputs)) before tanh and in the last
 * layer (Glorot and Bengio 2010), biases 0 except those of the last layer. Tables are uniform with a deviation of 1 / √width; the row of what
 * is missing or unknown is 0, so that where training never met it, it says nothing.
 * @param lastBias what the net says before it has learnt anything, such as the log-odds of the classes.
 */
export function firstValues({ layers, embeddings }: DenseShape, lastBias: readonly number[], random: Random): DenseValues {
  const uniform = (length: number, limit: number): Float32Array => {
    const numbers = new Float32Array(length);
    for (let i = 0; i < length; i++) numbers[i] = (2 * random.next() - 1) * limit;
    return numbers;
  };
  const made = layers.map(({ inputs, outputs, activation, norm }, l): LayerValues => {
    const last = l + 1 === layers.length;
    const limit = Math.sqrt(6 / Math.max(1, last || activation === 'tanh' ? inputs + outputs : inputs));
    return {
      weights: uniform(inputs * outputs, limit),
      bias: last ? Float32Array.from(lastBias) : new Float32Array(outputs),
      ...(norm === 'none' ? {} : { scale: new Float32Array(outputs).fill(1), shift: new Float32Array(outputs) }),
      ...(norm === 'batch' ? { mean: new Float32Array(outputs), variance: new Float32Array(outputs).fill(1) } : {}),
    };
  });
  const tables = embeddings.map(({ categories, width }) => {
    const table = new Float32Array((categories + 1) * width);
    table.set(uniform(categories * width, Math.sqrt(3 / width)));
    return table;
  });
  return { layers: made, tables };
}

/**
 * The learnt model. A batch norm goes into weights and biases with its running statistics; a scaled target is scaled back by the last layer:
 * its weights × deviation, its bias × deviation + mean.
 */
export function modelOf(shape: DenseShape, values: DenseValues, output: AnswerKind, scale: Scale | undefined, facts: ModelBase['facts']): LayersModel {
  const layers = shape.layers.map((layer, l): LearntLayer => {
    const { inputs, outputs, activation, norm, residual } = layer;
    const own = values.layers[l]!;
    let weights = Float32Array.from(own.weights);
    let bias = Float32Array.from(own.bias);
    if (norm === 'batch') {
      const factor = Array.from(own.scale!, (one, j) => one / Math.sqrt(own.variance![j]! + normEpsilon));
      weights = weights.map((value, i) => value * factor[i % outputs]!);
      bias = bias.map((value, j) => (value - own.mean![j]!) * factor[j]! + own.shift![j]!);
    }
    if (l + 1 === shape.layers.length && scale) {
      weights = weights.map((value) => value * scale.deviation);
      bias = bias.map((value) => value * scale.deviation + scale.mean);
    }
    const normed = norm === 'layer' ? { norm: { scale: Float32Array.from(own.scale!), shift: Float32Array.from(own.shift!), epsilon: normEpsilon } } : {};
    return { inputs, outputs, weights, bias, activation, ...normed, ...(residual ? { residual } : {}) };
  });
  const embeddings = shape.embeddings.map((one, e): Embedding => ({ ...one, table: Float32Array.from(values.tables[e]!) }));
  return { form: 'layers', layers, output, facts, ...(embeddings.length > 0 ? { embeddings } : {}) };
}

/** The network that a model is, for answering. */
export function shapeOfModel(model: LayersModel, features: number): DenseShape {
  return {
    features,
    embeddings: (model.embeddings ?? []).map(({ feature, categories, width }) => ({ feature, categories, width })),
    layers: model.layers.map(({ inputs, outputs, activation, norm, residual }) => ({ inputs, outputs, activation: activation as Activation, norm: norm ? 'layer' : 'none', residual: residual === true })),
  };
}

export const valuesOfModel = (model: LayersModel): DenseValues => ({
  layers: model.layers.map(({ weights, bias, norm }) => ({ weights, bias, ...(norm ? { scale: norm.scale, shift: norm.shift } : {}) })),
  tables: (model.embeddings ?? []).map(({ table }) => table),
});
