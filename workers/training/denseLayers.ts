/** @file Between the flat parameters of a dense net and its layers: first values, and the learnt model. */

import type { LearntLayer } from '../../src/domain/modelling/forms/layers';
import type { Random } from '../../src/domain/random';
import type { Scale } from './loss';

/**
 * First parameters: uniform on ±√(6 / inputs) before a ReLU (He et al. 2015), ±√(6 / (inputs + outputs)) in the last layer
 * (Glorot and Bengio 2010), biases 0 except those of the last layer.
 * @param lastBias what the net says before it has learnt anything, such as the log-odds of the classes.
 */
export function firstParameters(widths: readonly number[], lastBias: readonly number[], random: Random): Float32Array {
  const values: number[][] = [];
  for (let l = 0; l + 1 < widths.length; l++) {
    const [inputs, outputs] = [widths[l]!, widths[l + 1]!];
    const last = l + 2 === widths.length;
    const limit = Math.sqrt(6 / Math.max(1, last ? inputs + outputs : inputs));
    values.push(Array.from({ length: inputs * outputs }, () => (2 * random.next() - 1) * limit));
    values.push(last ? [...lastBias] : new Array<number>(outputs).fill(0));
  }
  return Float32Array.from(values.flat());
}

/** The layers of flat parameters. A scaled target is scaled back by the last layer: its weights × deviation, its bias × deviation + mean. */
export function layersOf(widths: readonly number[], parameters: Float32Array, scale?: Scale): LearntLayer[] {
  let at = 0;
  return widths.slice(1).map((outputs, l) => {
    const inputs = widths[l]!;
    const last = l + 2 === widths.length;
    let weights = parameters.slice(at, at + inputs * outputs);
    let bias = parameters.slice(at + inputs * outputs, at + (inputs + 1) * outputs);
    at += (inputs + 1) * outputs;
    if (last && scale) {
      weights = weights.map((value) => value * scale.deviation);
      bias = bias.map((value) => value * scale.deviation + scale.mean);
    }
    return { inputs, outputs, weights, bias, activation: last ? ('linear' as const) : ('relu' as const) };
  });
}

/** Weights, then bias, of one layer after another: the inverse of `layersOf`, without a scale. */
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
