/** @file The dense learner: a fully connected net trained with Adam on tfjs, with early stopping that keeps the best epoch. */

import * as tf from '@tensorflow/tfjs-core';
import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import { writeAnswer } from '../../../src/domain/modelling/writeAnswer';
import type { Learner, TfjsEngine, TrainingHooks, TrainingInput } from '../../../src/domain/modelling/learner';
import { denseDescription } from '../../../src/domain/modelling/learners/dense';
import { Refusal } from '../../../src/domain/refusal';
import { startEngine } from '../../tensors/backend';
import { DenseNet, type DenseOutput } from '../../tensors/denseNet';
import { flatParameters } from '../denseLayers';
import { trainDense } from '../denseTraining';
import { checkFeatures, checkInput } from '../examplesCheck';

/** Rows that go through the net at once when predicting: small enough for any GPU's limits, large enough to be quick. */
const block = 4096;

export const dense: Learner = {
  ...denseDescription,
  async train(input: TrainingInput, hooks: TrainingHooks) {
    checkInput(input);
    const engine = input.plan.engine as TfjsEngine;
    let lost: string | undefined;
    const { backend, adapter } = await startEngine(engine, (trouble) => {
      if (trouble.kind === 'lost') lost = trouble.reason;
    });
    try {
      return await trainDense(input, hooks, adapter === null ? backend : `${backend}: ${adapter}`);
    } catch (error) {
      // The failed read-back may be told before the loss that caused it.
      await hooks.breathe();
      if (lost !== undefined) throw new Refusal('deviceLost', { engine, reason: lost });
      throw error;
    }
  },
  async predict(learnt, classes, x, rows, engine) {
    const model = ofForm(learnt, 'layers');
    const widths = [model.layers[0]!.inputs, ...model.layers.map((layer) => layer.outputs)];
    const features = widths[0]!;
    checkFeatures(x, rows, features);
    await startEngine(engine as TfjsEngine);
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
  },
};
