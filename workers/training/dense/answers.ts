/** @file Answers of learnt layers on our own engines, in blocks. A model's network is laid out once and kept as long as the model is. */

import { featuresOf, type LayersModel } from '../../../src/domain/modelling/forms/layers';
import { writeAnswer } from '../../../src/domain/modelling/writeAnswer';
import { kernelNet } from './kernelNet';
import type { DenseMachine } from './machine';
import { plainNet } from './plainNet';
import { splitFeatures } from './rows';
import { chunkOf, type DenseRules } from './shape';
import { shapeOfModel, valuesOfModel } from './values';

/** Rows of a block: a few milliseconds of the smallest networks, so that the worker stays awake. */
const block = 1024;

/** Answers rows at once: n × K probabilities or n values. */
export type DenseAnswers = (x: Float32Array, rows: number, classes: number) => Float64Array;

const laidOut = { native: new WeakMap<LayersModel, Promise<DenseAnswers>>(), plain: new WeakMap<LayersModel, Promise<DenseAnswers>>() };

/** @throws Refusal engineUnavailable, outOfMemory */
export function denseAnswers(model: LayersModel, engine: 'native' | 'plain'): Promise<DenseAnswers> {
  let answers = laidOut[engine].get(model);
  if (answers === undefined) {
    answers = layOut(model, engine);
    laidOut[engine].set(model, answers);
    answers.catch(() => laidOut[engine].delete(model));
  }
  return answers;
}

async function layOut(model: LayersModel, engine: 'native' | 'plain'): Promise<DenseAnswers> {
  const shape = shapeOfModel(model, featuresOf(model));
  const rules: DenseRules = { loss: model.output === 'softmax' ? 'softmax' : 'squared', lossNumber: 0, dropout: 0, batch: block, chunk: chunkOf(shape, block), optimiser: 'sgd', decay: 0, momentum: 0, clip: 0 };
  const machine: DenseMachine = engine === 'native' ? await kernelNet(shape, rules, valuesOfModel(model)) : plainNet(shape, rules, valuesOfModel(model));
  const outputs = shape.layers.at(-1)!.outputs;
  return (x, rows, classes) => {
    const width = Math.max(classes, 1);
    const answer = new Float64Array(rows * width);
    for (let from = 0; from < rows; from += block) {
      const to = Math.min(rows, from + block);
      const logits = machine.answer(splitFeatures(shape, x, from, to), 0, to - from);
      for (let i = from; i < to; i++) writeAnswer(model.output, logits, answer, i * width, width, (i - from) * outputs);
    }
    return answer;
  };
}
