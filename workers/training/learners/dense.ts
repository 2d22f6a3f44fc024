/** @file The dense learner: a fully connected net, on our own kernel, its twin, or a backend of tfjs, with early stopping that keeps the best epoch. */

import * as tf from '@tensorflow/tfjs-core';
import { featuresOf, type LayersModel } from '../../../src/domain/modelling/forms/layers';
import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import { writeAnswer } from '../../../src/domain/modelling/writeAnswer';
import type { Learner, TfjsEngine, TrainingHooks, TrainingInput } from '../../../src/domain/modelling/learner';
import { denseDescription } from '../../../src/domain/modelling/learners/dense';
import { Refusal } from '../../../src/domain/refusal';
import { breathe } from '../../steps/breathe';
import { startEngine } from '../../tensors/backend';
import { DenseNet, type DenseOutput } from '../../tensors/denseNet';
import { onEngine } from '../../tensors/onEngine';
import { answeringEngine } from '../answeringEngine';
import { breathing } from '../breath';
import { denseAnswers } from '../dense/answers';
import { kernelNet } from '../dense/kernelNet';
import { plainNet } from '../dense/plainNet';
import { trainDense as trainNative } from '../dense/training';
import { flatParameters } from '../denseLayers';
import { trainDense } from '../denseTraining';
import { checkFeatures, checkInput } from '../examplesCheck';

/** Rows that go through the net at once when predicting: small enough for any GPU's limits, large enough to be quick. */
const block = 4096;

/** Trained and answered by our own kernel or its twin, unless the engine is a backend of tfjs. */
export const dense: Learner = {
  ...denseDescription,
  async train(input: TrainingInput, hooks: TrainingHooks) {
    // A missing code is a category of its own; a missing number is refused when they are parted.
    const coded = input.meanings?.some(({ categories }) => categories > 0) ?? false;
    checkInput(input, { takesMissing: coded });
    const { engine } = input.plan;
    if (engine === 'native' || engine === 'plain') return trainNative(input, hooks, engine === 'native' ? kernelNet : plainNet, engine);
    const lacking = denseDescription.lacks?.(engine, input.plan.hyperparameters) ?? null;
    if (lacking !== null) throw new Refusal('engineLacksSetting', { engine, setting: lacking, value: String(input.plan.hyperparameters[lacking]) });
    if (coded) throw new Refusal('engineLacksCategories', { engine });
    return onEngine(engine, () => hooks.breathe(), (backend) => trainDense(input, hooks, backend));
  },
  async predict(learnt, classes, x, rows, engine) {
    const model = ofForm(learnt, 'layers');
    checkFeatures(x, rows, featuresOf(model), model.embeddings !== undefined);
    // What tfjs's path does not know, our own engines answer, to float32's last digits the same.
    const plainly = model.layers.every(({ activation, norm, residual }, l) => !norm && !residual && activation === (l + 1 < model.layers.length ? 'relu' : 'linear')) && !model.embeddings;
    if (engine === 'native' || engine === 'plain' || !plainly) return predictOnOwn(model, classes, x, rows, answeringEngine(engine));
    return predictOnTfjs(model, classes, x, rows, engine);
  },
};

/** Multiplications between two breaths: a millisecond of the kernel, some tens of its twin. */
const productsAtOnce = 2e7;

async function predictOnOwn(model: LayersModel, classes: number, x: Float32Array, rows: number, engine: 'native' | 'plain'): Promise<Float64Array> {
  const answers = await denseAnswers(model, engine);
  const pause = breathing({ breathe });
  const features = featuresOf(model);
  const products = model.layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 1);
  const piece = Math.max(1, Math.min(block, Math.floor(productsAtOnce / products)));
  const width = Math.max(classes, 1);
  const answer = new Float64Array(rows * width);
  for (let from = 0; from < rows; from += piece) {
    const to = Math.min(rows, from + piece);
    answer.set(answers(x.subarray(from * features, to * features), to - from, classes), from * width);
    const wait = pause();
    if (wait) await wait;
  }
  return answer;
}

async function predictOnTfjs(model: LayersModel, classes: number, x: Float32Array, rows: number, engine: TfjsEngine): Promise<Float64Array> {
  const widths = [model.layers[0]!.inputs, ...model.layers.map((layer) => layer.outputs)];
  const features = widths[0]!;
  await startEngine(engine);
  const output = model.output as DenseOutput;
  const net = new DenseNet({ widths, output }, { learningRate: 0, weightDecay: 0 }, { parameters: flatParameters(model.layers) });
  const width = Math.max(classes, 1);
  const outputs = widths.at(-1)!;
  const answer = new Float64Array(rows * width);
  try {
    for (let from = 0; from < rows; from += block) {
      const to = Math.min(rows, from + block);
      const batch = tf.tensor2d(x.subarray(from * features, to * features), [to - from, features]);
      const logits = net.logits(batch);
      batch.dispose();
      const values = await logits.data();
      logits.dispose();
      for (let i = from; i < to; i++) writeAnswer(output, values, answer, i * width, width, (i - from) * outputs);
    }
  } finally {
    net.dispose();
  }
  return answer;
}
