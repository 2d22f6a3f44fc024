/** @file The forward pass of any learnt model in plain float64: single live predictions, linear models, and the reference of the engines. */

import type { LearntLayer, LearntModel } from './learner';

/**
 * n × K probabilities (K = 2: both columns) or n values, row-major. Weights are float32, sums are float64.
 * Zeros in the features cost nothing, so one-hot rows are cheap.
 * @param classes K, or 0 for regression.
 * @param x rows × features, row-major.
 */
export function forward(model: LearntModel, classes: number, x: Float32Array, rows: number): Float64Array {
  const width = Math.max(classes, 1);
  const answer = new Float64Array(rows * width);
  const [first] = model.layers;
  if (!first) throw new RangeError('a learnt model has at least one layer');
  if (model.output === 'constant') {
    for (let i = 0; i < rows; i++) answer.set(first.bias, i * width);
    return answer;
  }
  if (x.length !== rows * first.inputs) throw new RangeError(`${rows} rows of ${first.inputs} features are ${rows * first.inputs} numbers, not ${x.length}`);
  const outputs = model.layers.map((layer) => new Float64Array(layer.outputs));
  for (let i = 0; i < rows; i++) {
    let input: Float32Array | Float64Array = x;
    let start = i * first.inputs;
    for (let l = 0; l < model.layers.length; l++) {
      applyLayer(model.layers[l]!, input, start, outputs[l]!);
      input = outputs[l]!;
      start = 0;
    }
    writeAnswer(model.output, input, answer, i * width, width);
  }
  return answer;
}

function applyLayer(layer: LearntLayer, input: Float32Array | Float64Array, start: number, output: Float64Array): void {
  const { inputs, outputs, weights, bias, activation } = layer;
  for (let j = 0; j < outputs; j++) output[j] = bias[j]!;
  for (let k = 0; k < inputs; k++) {
    const value = input[start + k]!;
    if (value === 0) continue;
    const offset = k * outputs;
    for (let j = 0; j < outputs; j++) output[j]! += value * weights[offset + j]!;
  }
  if (activation === 'relu') for (let j = 0; j < outputs; j++) output[j] = output[j]! < 0 ? 0 : output[j]!;
  else if (activation === 'tanh') for (let j = 0; j < outputs; j++) output[j] = Math.tanh(output[j]!);
}

/** Turns one row of logits (or values) into one row of the answer. Both tails of the sigmoid keep their relative precision. */
export function writeAnswer(output: LearntModel['output'], logits: ArrayLike<number>, answer: Float64Array, at: number, width: number, from = 0): void {
  if (output === 'sigmoid') {
    const z = logits[from]!;
    const small = Math.exp(-Math.abs(z));
    const major = 1 / (1 + small);
    answer[at] = z >= 0 ? small * major : major;
    answer[at + 1] = z >= 0 ? major : small * major;
  } else if (output === 'softmax') {
    let highest = -Infinity;
    for (let j = 0; j < width; j++) if (logits[from + j]! > highest) highest = logits[from + j]!;
    let sum = 0;
    for (let j = 0; j < width; j++) sum += answer[at + j] = Math.exp(logits[from + j]! - highest);
    for (let j = 0; j < width; j++) answer[at + j]! /= sum;
  } else for (let j = 0; j < width; j++) answer[at + j] = logits[from + j]!;
}
