/** @file The peers of the bench, and our learner beside them, in one page that is no part of the app. */

import * as tf from '@tensorflow/tfjs';
import Papa from 'papaparse';
import { dense } from '../../../workers/training/learners/dense';
import { startEngine } from '../../../workers/tensors/backend';
import { seeded } from '../../../src/domain/random';
import type { TfjsEngine, TrainingInput } from '../../../src/domain/modelling/learner';

/** Rows of noise with a planted rule: 20 numbers, two classes. */
function planted(rows: number, features: number): { x: Float32Array; y: Float64Array } {
  const random = seeded(7);
  const x = new Float32Array(rows * features);
  const y = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let f = 0; f < features; f++) {
      x[row * features + f] = random.normal();
      sum += x[row * features + f]! * Math.sin(f + 1);
    }
    y[row] = sum + random.normal() > 0 ? 1 : 0;
  }
  return { x, y };
}

const peers = {
  /** Papa Parse alone over the decoded stream of the chosen file; rows are counted and dropped. Seconds. */
  async papa(): Promise<{ seconds: number; rows: number }> {
    const file = document.querySelector<HTMLInputElement>('#data')!.files![0]!;
    const started = performance.now();
    let rows = 0;
    let rest = '';
    const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      const text = rest + (value ?? '');
      const end = done ? text.length : text.lastIndexOf('\n') + 1;
      rest = text.slice(end);
      if (end > 0) rows += Papa.parse<string[]>(text.slice(0, end), { header: false, skipEmptyLines: true }).data.length;
      if (done) break;
    }
    return { seconds: (performance.now() - started) / 1000, rows };
  },

  /** Seconds of `epochs` epochs of the same net: tfjs `fit`, then our learner, on one engine in one page. */
  async nets(engine: TfjsEngine, rows: number, epochs: number): Promise<{ fit: number; ours: number }> {
    const features = 20;
    const { x, y } = planted(rows, features);
    // The stock kernels first: starting our cpu engine registers faster ones, which would speed the peer up.
    if (engine === 'cpu') await tf.setBackend('cpu');
    else await startEngine(engine);
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 64, activation: 'relu', inputShape: [features] }),
        tf.layers.dense({ units: 32, activation: 'relu' }),
        tf.layers.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    model.compile({ optimizer: tf.train.adam(0.001), loss: 'binaryCrossentropy' });
    const xs = tf.tensor2d(x, [rows, features]);
    const ys = tf.tensor2d(Float32Array.from(y), [rows, 1]);
    const fit = async (times: number): Promise<unknown> => model.fit(xs, ys, { epochs: times, batchSize: 256, shuffle: true, yieldEvery: 'never', verbose: 0 });
    await fit(1);
    let started = performance.now();
    await fit(epochs);
    const fitSeconds = (performance.now() - started) / 1000;
    xs.dispose();
    ys.dispose();
    await startEngine(engine);
    const examples = { rows, features, x, y };
    const input = (count: number): TrainingInput => ({
      kind: 'classification',
      classes: 2,
      train: examples,
      validation: { rows: 1, features, x: x.subarray(0, features), y: y.subarray(0, 1) },
      plan: { learner: 'dense', hyperparameters: { hidden: '64,32', dropout: 0, learning_rate: 0.001, batch_size: 256, epochs: count, patience: 0, weight_decay: 0 }, seed: 1, engine },
    });
    const hooks = { onEpoch: () => undefined, stopped: () => false, breathe: () => Promise.resolve(), checkpointDue: () => false, checkpoint: () => Promise.resolve() };
    await dense.train(input(1), hooks);
    started = performance.now();
    await dense.train(input(epochs), hooks);
    return { fit: fitSeconds, ours: (performance.now() - started) / 1000 };
  },
};

declare global {
  var benchPeers: typeof peers;
}
globalThis.benchPeers = peers;
