import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Activation } from '../../src/domain/modelling/forms/layers';
import { kernelNet } from '../../workers/training/dense/kernelNet';
import { plainNet } from '../../workers/training/dense/plainNet';
import { firstStep, nextSteps, stepNumbers } from '../../workers/training/dense/schedule';
import type { DenseLayer, DenseRules, DenseShape, LossKind } from '../../workers/training/dense/shape';
import { firstValues, type DenseValues } from '../../workers/training/dense/values';
import { seeded } from '../../src/domain/random';

interface Case {
  name: string;
  loss: LossKind;
  /** Huber's bound, or the quantile. */
  number: number;
  activation: Activation;
  norm: DenseLayer['norm'];
  residual: boolean;
  optimiser: DenseRules['optimiser'];
  rate: number;
  decay: number;
  clip: number;
  rows: number;
  numbers: number;
  hidden: number[];
  /** Categories and width. */
  tables: [number, number][];
  x: number[];
  codes: number[];
  y: number[];
  weights: number[] | null;
  first: { weights: number[][]; biases: number[][]; tables: number[][] };
  curve: number[];
  answers: number[] | null;
}

const golden = JSON.parse(readFileSync(new URL('./dense.json', import.meta.url), 'utf8')) as { versions: Record<string, string>; cases: Case[] };
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

function shapeOf({ numbers, hidden, tables, loss, activation, norm, residual }: Case): DenseShape {
  let inputs = numbers + tables.reduce((sum, [, width]) => sum + width, 0);
  const layers = hidden.map((outputs, l): DenseLayer => {
    const layer = { inputs, outputs, activation, norm, residual: residual && l > 0 && inputs === outputs };
    inputs = outputs;
    return layer;
  });
  return {
    features: numbers + tables.length,
    embeddings: tables.map(([categories, width], e) => ({ feature: numbers + e, categories, width })),
    layers: [...layers, { inputs, outputs: loss === 'softmax' ? 3 : 1, activation: 'linear', norm: 'none', residual: false }],
  };
}

describe(`the dense engines beside PyTorch ${golden.versions['torch']}`, () => {
  for (const one of golden.cases) {
    for (const engine of ['native', 'plain'] as const) {
      it(`have the same losses, epoch by epoch: ${one.name}, ${engine}`, async () => {
        const shape = shapeOf(one);
        const { rows, loss, number, optimiser, decay, clip, rate, first } = one;
        const rules: DenseRules = { loss, lossNumber: number, dropout: 0, batch: rows, chunk: one.norm === 'batch' ? rows : 16, optimiser, decay, momentum: 0.9, clip };
        const total = one.weights?.reduce((sum, weight) => sum + weight, 0) ?? 1;
        const data = {
          rows,
          x: Float32Array.from(one.x),
          codes: Int32Array.from(one.codes),
          y: Float32Array.from(one.y),
          ...(one.weights ? { w: Float32Array.from(one.weights, (weight) => (weight * rows) / total) } : {}),
        };
        const fresh = firstValues(shape, [], seeded(1));
        const values: DenseValues = {
          layers: fresh.layers.map((layer, l) => ({ ...layer, weights: Float32Array.from(first.weights[l]!), bias: Float32Array.from(first.biases[l]!) })),
          tables: first.tables.map((table) => Float32Array.from(table)),
        };
        const machine = engine === 'native' ? await kernelNet(shape, rules, values, data) : plainNet(shape, rules, values, data);
        const state = firstStep();
        const steps = new Float32Array(stepNumbers);
        const curve = one.curve.map((_, epoch) => {
          machine.reorder([epoch, 2, 3, 4]);
          nextSteps(state, { kind: 'constant', rate, steps: 0, warmUp: 0 }, rules, 1, steps);
          return machine.train(0, rows, steps, 0) / rows;
        });
        const losses = furthest(curve, one.curve);
        const answers = one.answers ? furthest(machine.answer(data, 0, 10), one.answers) : 0;
        console.log(`${one.name}, ${engine}: losses ${losses.toExponential(1)}, answers ${answers.toExponential(1)}`);
        expect(losses).toBeLessThan(1e-6);
        expect(answers).toBeLessThan(2e-5);
      });
    }
  }
});
