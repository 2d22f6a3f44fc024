/** @file The dense network 20→64→64→1 on 20,000 rows on our own kernel: one epoch at two batch sizes, and the prediction of one row. */

import { seeded } from '../../../src/domain/random';
import type { LayersModel } from '../../../src/domain/modelling/forms/layers';
import { denseAnswers } from '../../../workers/training/dense/answers';
import { kernelNet } from '../../../workers/training/dense/kernelNet';
import type { DenseMachine } from '../../../workers/training/dense/machine';
import { plainNet } from '../../../workers/training/dense/plainNet';
import { firstStep, nextSteps, stepNumbers, type ScheduleRules } from '../../../workers/training/dense/schedule';
import { chunkOf, type DenseRules, type DenseShape } from '../../../workers/training/dense/shape';
import { firstValues, modelOf } from '../../../workers/training/dense/values';

const rows = 20_000;
const features = 20;
const hidden = 64;

const shape: DenseShape = {
  features,
  embeddings: [],
  layers: [
    { inputs: features, outputs: hidden, activation: 'relu', norm: 'none', residual: false },
    { inputs: hidden, outputs: hidden, activation: 'relu', norm: 'none', residual: false },
    { inputs: hidden, outputs: 1, activation: 'linear', norm: 'none', residual: false },
  ],
};

const median = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1]!;

/** The same shape of data as the Python peers make. */
function planted(): { x: Float32Array; y: Float32Array } {
  const random = seeded(1);
  const x = Float32Array.from({ length: rows * features }, () => random.normal());
  const y = Float32Array.from({ length: rows }, (_, i) => (x[i * features]! + x[i * features + 1]! * x[i * features + 2]! + 0.3 * random.normal() > 0 ? 1 : 0));
  return { x, y };
}

/** Median milliseconds of five epochs, after one to warm up: shuffle, gather, forward, back and Adam. */
async function epochMs(batch: number, native: boolean): Promise<number> {
  const rules: DenseRules = { loss: 'sigmoid', lossNumber: 0, dropout: 0, batch, chunk: chunkOf(shape, batch), optimiser: 'adamw', decay: 0, momentum: 0, clip: 0 };
  const data = { rows, ...planted(), codes: new Int32Array(0) };
  const values = firstValues(shape, [0], seeded(1));
  const machine: DenseMachine = native ? await kernelNet(shape, rules, values, data) : plainNet(shape, rules, values, data);
  const schedule: ScheduleRules = { kind: 'constant', rate: 1e-3, steps: 0, warmUp: 0 };
  const random = seeded(2);
  machine.begin(Array.from({ length: 20 }, () => Math.floor(random.next() * 2 ** 32)));
  const state = firstStep();
  const times: number[] = [];
  for (let epoch = 0; epoch < 6; epoch++) {
    const started = performance.now();
    machine.reorder(machine.chance().slice(16));
    const steps = new Float32Array(Math.ceil(rows / batch) * stepNumbers);
    nextSteps(state, schedule, rules, Math.ceil(rows / batch), steps);
    const loss = machine.train(0, rows, steps, 0);
    if (!Number.isFinite(loss)) throw new Error('the network diverged');
    if (epoch > 0) times.push(performance.now() - started);
  }
  return median(times);
}

export const ours = async (): Promise<{ ms: number }> => ({ ms: await epochMs(32, true) });
export const oursAt512 = async (): Promise<{ ms: number }> => ({ ms: await epochMs(512, true) });
export const twin = async (): Promise<{ ms: number }> => ({ ms: await epochMs(32, false) });

/** The network of the bench as a model, for peers that predict. */
export const model = (): LayersModel => modelOf(shape, firstValues(shape, [0], seeded(1)), 'sigmoid', undefined, {});

/** Milliseconds of the prediction of one row, the median of five rounds of 2,000. */
export async function oneRow(): Promise<{ ms: number }> {
  const answers = await denseAnswers(model(), 'native');
  const x = planted().x.slice(0, features);
  const times: number[] = [];
  for (let round = 0; round < 6; round++) {
    const started = performance.now();
    for (let i = 0; i < 2000; i++) answers(x, 1, 2);
    if (round > 0) times.push((performance.now() - started) / 2000);
  }
  return { ms: median(times) };
}
