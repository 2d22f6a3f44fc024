/** @file The peers of the bench, and our learner beside them, in one page that is no part of the app. */

import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import Papa from 'papaparse';
import { dense } from '../../../workers/training/learners/dense';
import { firstConvParameters } from '../../../workers/convolution/convShape';
import { startEngine } from '../../../workers/tensors/backend';
import { ConvNet } from '../../../workers/tensors/convNet';
import { convEpoch, ResidentImages } from '../../../workers/tensors/convTraining';
import { cnnBatch, cnnImages, cnnShape, median, ours as nativeCnn } from '../engines/cnn';
import { seeded } from '../../../src/domain/random';
import type { TrainingInput } from '../../../src/domain/modelling/learner';

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

/** The backend as tfjs ships it: our start, later, puts our kernels over it. */
async function startStock(engine: 'cpu' | 'wasm'): Promise<void> {
  if (engine === 'wasm') {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths({ 'tfjs-backend-wasm.wasm': wasmUrl, 'tfjs-backend-wasm-simd.wasm': simdUrl, 'tfjs-backend-wasm-threaded-simd.wasm': simdUrl });
  }
  if (!(await tf.setBackend(engine))) throw new Error(`the stock backend ${engine} does not start`);
  await tf.ready();
}

/** The convolutional net of engines/cnn.ts in tfjs layers. */
function cnnLayers(): tf.LayersModel {
  const { height, width, channels, filters, classes } = cnnShape;
  const model = tf.sequential();
  filters.forEach((count, l) => {
    model.add(tf.layers.conv2d({ filters: count, kernelSize: 3, padding: 'same', activation: 'relu', ...(l === 0 ? { inputShape: [height, width, channels] } : {}) }));
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  });
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: classes, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'sparseCategoricalCrossentropy' });
  return model;
}

const peers = {
  /**
   * Milliseconds of an epoch over 2,000 images of the same convolutional net without a GPU: our own trainer, our loop on tfjs's wasm backend with
   * our kernels, and plain `fit` on the stock cpu backend, which does four batches, scaled to an epoch.
   */
  async cnn(): Promise<{ native: number; wasm: number; cpu: number }> {
    const images = cnnImages(2000);
    const { ms: native } = await nativeCnn();
    await startStock('cpu');
    const model = cnnLayers();
    const few = 4 * cnnBatch;
    const xs = tf.tensor4d(images.pixels.subarray(0, few * 784), [few, 28, 28, 1]);
    const ys = tf.tensor1d(Float32Array.from(images.labels.subarray(0, few)));
    const some = async (count: number): Promise<unknown> =>
      model.fit(xs.slice([0, 0, 0, 0], [count, -1, -1, -1]), ys.slice([0], [count]), { epochs: 1, batchSize: cnnBatch, shuffle: true, yieldEvery: 'never', verbose: 0 });
    await some(cnnBatch);
    let started = performance.now();
    await some(few);
    const cpu = (performance.now() - started) * (images.count / few);
    tf.dispose([xs, ys]);
    await startEngine('wasm');
    const net = new ConvNet(cnnShape, 0.001, { parameters: firstConvParameters(cnnShape, seeded(1)) });
    const resident = new ResidentImages(images, cnnShape);
    const random = seeded(2);
    const times: number[] = [];
    for (let epoch = 0; epoch < 4; epoch++) {
      started = performance.now();
      await convEpoch(net, resident, cnnBatch, random, () => undefined);
      times.push(performance.now() - started);
    }
    net.dispose();
    resident.dispose();
    return { native, wasm: median(times.slice(1)), cpu };
  },

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

  /** Seconds of one epoch of `fit` of 20→64→64→1 on the wasm backend as tfjs ships it: the median of five, after one to warm up. */
  async fit(rows: number, batch: number): Promise<number> {
    const { x, y } = planted(rows, 20);
    await startStock('wasm');
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 64, activation: 'relu', inputShape: [20] }), tf.layers.dense({ units: 64, activation: 'relu' }), tf.layers.dense({ units: 1, activation: 'sigmoid' })],
    });
    model.compile({ optimizer: tf.train.adam(0.001), loss: 'binaryCrossentropy' });
    const [xs, ys] = [tf.tensor2d(x, [rows, 20]), tf.tensor2d(Float32Array.from(y), [rows, 1])];
    const times: number[] = [];
    for (let round = 0; round < 6; round++) {
      const started = performance.now();
      await model.fit(xs, ys, { epochs: 1, batchSize: batch, shuffle: true, yieldEvery: 'never', verbose: 0 });
      if (round > 0) times.push((performance.now() - started) / 1000);
    }
    return times.sort((a, b) => a - b)[2]!;
  },

  /** Seconds of `epochs` epochs of the same net: tfjs `fit`, then our learner, on one engine in one page. */
  async nets(engine: 'cpu' | 'wasm', rows: number, epochs: number, batch = 256): Promise<{ fit: number; ours: number }> {
    const features = 20;
    const { x, y } = planted(rows, features);
    // The stock kernels first: starting our engine registers faster ones, which would speed the peer up.
    await startStock(engine);
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
    const fit = async (times: number): Promise<unknown> => model.fit(xs, ys, { epochs: times, batchSize: batch, shuffle: true, yieldEvery: 'never', verbose: 0 });
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
      plan: { learner: 'dense', hyperparameters: { hidden: '64,32', dropout: 0, learning_rate: 0.001, batch_size: batch, epochs: count, patience: 0, weight_decay: 0 }, seed: 1, engine },
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
