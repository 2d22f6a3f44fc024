/** @file Random learnt models for the export tests, and their answers computed in float64 as a check. */
import { gelu64, type LayersModel, type LearntLayer } from '../../../../src/domain/modelling/forms/layers';
import { seeded } from '../../../../src/domain/random';

export function randomModel(
  seed: number,
  sizes: readonly number[],
  output: 'softmax' | 'sigmoid' | 'identity',
  activation: 'relu' | 'tanh' = 'relu',
): LayersModel {
  const random = seeded(seed);
  const layers = sizes.slice(1).map((outputs, index): LearntLayer => {
    const inputs = sizes[index]!;
    const spread = 1 / Math.sqrt(inputs);
    return {
      inputs,
      outputs,
      weights: Float32Array.from({ length: inputs * outputs }, () => spread * random.normal()),
      bias: Float32Array.from({ length: outputs }, () => 0.1 * random.normal()),
      activation: index === sizes.length - 2 ? 'linear' : activation,
    };
  });
  return { form: 'layers', layers, output, facts: {} };
}

export const constantModel = (answer: readonly number[]): LayersModel => ({
  form: 'layers',
  layers: [{ inputs: 0, outputs: answer.length, weights: new Float32Array(), bias: Float32Array.from(answer), activation: 'linear' }],
  output: 'constant',
  facts: {},
});

const activate = { linear: (v: number) => v, relu: (v: number) => Math.max(0, v), tanh: Math.tanh, gelu: gelu64 };

/** n × K probabilities (both columns for one sigmoid logit) or n values. */
export function answersOf(model: LayersModel, x: Float32Array, rows: number): Float64Array {
  const answers: number[] = [];
  for (let row = 0; row < rows; row++) {
    let values: number[] = model.output === 'constant' ? [] : [...x.subarray((row * x.length) / rows, ((row + 1) * x.length) / rows)];
    for (const layer of model.layers)
      values = Array.from({ length: layer.outputs }, (_, k) =>
        activate[layer.activation](values.reduce((sum, value, i) => sum + value * layer.weights[i * layer.outputs + k]!, layer.bias[k]!)),
      );
    if (model.output === 'softmax') {
      const top = Math.max(...values);
      const powers = values.map((value) => Math.exp(value - top));
      const sum = powers.reduce((a, b) => a + b, 0);
      answers.push(...powers.map((power) => power / sum));
    } else if (model.output === 'sigmoid') {
      const p = 1 / (1 + Math.exp(-values[0]!));
      answers.push(1 - p, p);
    } else answers.push(...values);
  }
  return Float64Array.from(answers);
}
