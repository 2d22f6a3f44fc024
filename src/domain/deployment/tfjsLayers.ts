/**
 * @file A model in the tfjs layers format: model.json and weights.bin, a Sequential of Dense layers.
 * It takes the feature matrix: the recipe is not in it and travels beside it.
 */

import type { Json } from '../canonical';
import type { LearntModel } from '../modelling/forms/learntModel';
import type { LayersModel, LearntLayer } from '../modelling/forms/layers';
import { Refusal } from '../refusal';
import { littleEndianFloats } from './onnx/protobuf';
import { joinedBytes } from '../joinedBytes';

export interface TfjsLayersModel {
  /** The content of model.json; its manifest names `weights.bin`. */
  readonly modelJson: Json;
  /** The content of weights.bin: kernel and bias of each layer in order, little-endian float32. */
  readonly weights: Uint8Array;
}

/** Whether the format can say what this model is. */
export const fitsTfjs = (model: LearntModel): model is LayersModel =>
  model.form === 'layers' && model.embeddings === undefined && model.layers.every(({ norm, residual, activation }) => !norm && !residual && activation !== 'gelu');

/**
 * The model takes [N, features] and gives [N, K] probabilities or [N, 1] values. With two classes and one sigmoid logit it gives
 * [N, 1]: the probability of the class with index 1 (the other is 1 minus it).
 * A constant model becomes one layer of zero weights. Embeddings, normalisation and residuals are not in this format's Sequential: see `fitsTfjs`.
 * @param features columns of the feature matrix. @throws Refusal `exportNeedsInput` {} when there is none.
 */
export function tfjsLayersModel(model: LayersModel, features: number): TfjsLayersModel {
  if (features === 0) throw new Refusal('exportNeedsInput');
  const layers = model.output === 'constant' ? model.layers.map((layer) => constantLayer(layer, features)) : model.layers;
  const last = layers.length - 1;
  // A last layer with an activation of its own would need a second activation: ours are linear there.
  if (model.output !== 'identity' && model.output !== 'constant' && layers[last]!.activation !== 'linear')
    throw new TypeError('the last layer of a classifier gives logits');
  const answers = { softmax: 'softmax', sigmoid: 'sigmoid', identity: undefined, constant: undefined } as const;
  const topology = layers.map((layer, index) => denseLayer(layer, index, (index === last ? answers[model.output] : undefined) ?? layer.activation));
  const manifest = layers.flatMap((layer, index) => [
    { name: `dense_${index}/kernel`, shape: [layer.inputs, layer.outputs], dtype: 'float32' },
    { name: `dense_${index}/bias`, shape: [layer.outputs], dtype: 'float32' },
  ]);
  const weights = joinedBytes(layers.flatMap(({ weights, bias }) => [littleEndianFloats(weights), littleEndianFloats(bias)]));
  const modelJson = {
    format: 'layers-model',
    generatedBy: 'perennial',
    convertedBy: null,
    modelTopology: { class_name: 'Sequential', config: { name: 'perennial', layers: topology }, keras_version: '2.0.0', backend: 'tensor_flow.js' },
    weightsManifest: [{ paths: ['weights.bin'], weights: manifest }],
  };
  return { modelJson, weights };
}

function denseLayer(layer: LearntLayer, index: number, activation: string): Json {
  // Zero initialisers: a loader makes the weights before it fills them, and other initialisers cost time.
  const zeros = { class_name: 'Zeros', config: {} };
  return {
    class_name: 'Dense',
    config: {
      name: `dense_${index}`,
      trainable: true,
      dtype: 'float32',
      ...(index === 0 ? { batch_input_shape: [null, layer.inputs] } : {}),
      units: layer.outputs,
      activation,
      use_bias: true,
      kernel_initializer: zeros,
      bias_initializer: zeros,
    },
  };
}

const constantLayer = (layer: LearntLayer, features: number): LearntLayer => ({
  inputs: features,
  outputs: layer.bias.length,
  weights: new Float32Array(features * layer.bias.length),
  bias: layer.bias,
  activation: 'linear',
});
