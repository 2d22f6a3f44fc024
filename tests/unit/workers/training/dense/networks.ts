/** @file Small networks with rows to learn from, for the tests of the dense engines. */

import type { Activation } from '../../../../../src/domain/modelling/forms/layers';
import { seeded } from '../../../../../src/domain/random';
import type { DenseMachine } from '../../../../../workers/training/dense/machine';
import type { DenseRows } from '../../../../../workers/training/dense/rows';
import { firstStep, nextSteps, stepNumbers } from '../../../../../workers/training/dense/schedule';
import type { DenseLayer, DenseRules, DenseShape, LossKind } from '../../../../../workers/training/dense/shape';
import { firstValues, type DenseValues } from '../../../../../workers/training/dense/values';

export const losses: readonly LossKind[] = ['sigmoid', 'softmax', 'squared', 'huber', 'quantile'];
export const activations: readonly Activation[] = ['relu', 'tanh', 'gelu'];
export const norms: readonly DenseLayer['norm'][] = ['none', 'layer', 'batch'];

export interface Kind {
  readonly loss: LossKind;
  readonly activation: Activation;
  readonly norm: DenseLayer['norm'];
  readonly residual: boolean;
  readonly embedded: boolean;
}

export const named = ({ loss, activation, norm, residual, embedded }: Kind): string =>
  `${loss}, ${activation}, norm ${norm}${residual ? ', residual' : ''}${embedded ? ', embeddings' : ''}`;

export const kinds: readonly Kind[] = losses.flatMap((loss) =>
  activations.flatMap((activation) => norms.flatMap((norm) => [false, true].flatMap((residual) => [false, true].map((embedded) => ({ loss, activation, norm, residual, embedded }))))),
);

export function shapeLike({ loss, activation, norm, residual, embedded }: Kind, hidden: readonly number[], features: number): DenseShape {
  const embeddings = embedded
    ? [
        { feature: 1, categories: 4, width: 3 },
        { feature: 3, categories: 2, width: 1 },
      ]
    : [];
  let inputs = features - embeddings.length + embeddings.reduce((sum, { width }) => sum + width, 0);
  const layers = hidden.map((outputs, l): DenseLayer => {
    const layer = { inputs, outputs, activation, norm, residual: residual && l > 0 && inputs === outputs };
    inputs = outputs;
    return layer;
  });
  return { features, embeddings, layers: [...layers, { inputs, outputs: loss === 'softmax' ? 3 : 1, activation: 'linear', norm: 'none', residual: false }] };
}

export const rulesLike = (loss: LossKind, given: Partial<DenseRules> = {}): DenseRules => ({
  loss,
  lossNumber: loss === 'huber' ? 0.7 : loss === 'quantile' ? 0.8 : 0,
  dropout: 0,
  batch: 64,
  chunk: 64,
  optimiser: 'sgd',
  decay: 0,
  momentum: 0,
  clip: 0,
  ...given,
});

export function rowsLike({ features, embeddings }: DenseShape, loss: LossKind, rows: number, seed: number): DenseRows {
  const random = seeded(seed);
  const x = Float32Array.from({ length: rows * (features - embeddings.length) }, () => random.normal());
  const codes = Int32Array.from({ length: rows * embeddings.length }, (_, i) => random.below(embeddings[i % embeddings.length]!.categories + 1));
  const y = Float32Array.from({ length: rows }, () => (loss === 'softmax' ? random.below(3) : loss === 'sigmoid' ? random.below(2) : random.normal()));
  const w = Float32Array.from({ length: rows }, (_, i) => (i % 5 === 4 ? 0 : 0.5 + random.next()));
  return { rows, x, codes, y, w };
}

/** Values that are in no special place: norms that scale and shift, biases that are not 0. */
export function valuesLike(shape: DenseShape, seed: number): DenseValues {
  const random = seeded(seed);
  const near = (length: number, middle: number): Float32Array => Float32Array.from({ length }, () => middle + 0.3 * random.normal());
  const first = firstValues(shape, near(shape.layers.at(-1)!.outputs, 0) as unknown as number[], random);
  const layers = first.layers.map((layer, l) => ({
    ...layer,
    bias: near(shape.layers[l]!.outputs, 0),
    ...(layer.scale ? { scale: near(layer.scale.length, 1), shift: near(layer.scale.length, 0) } : {}),
  }));
  return { layers, tables: first.tables.map((table) => near(table.length, 0)) };
}

/** Every number of a network, with a name. */
export function listed({ layers, tables }: DenseValues): readonly (readonly [string, ArrayLike<number>])[] {
  return [
    ...layers.flatMap((layer, l) => Object.entries(layer).map(([name, numbers]) => [`${name} of layer ${l}`, numbers as ArrayLike<number>] as const)),
    ...tables.map((table, e) => [`table ${e}`, table] as const),
  ];
}

/** The learnt numbers before less those after one step of plain descent with rate 1: the gradient. */
export function gradientBy(machine: DenseMachine, rows: number): { readonly loss: number; readonly gradient: readonly (readonly [string, readonly number[]])[] } {
  machine.reorder([1, 2, 3, 4]);
  const before = listed(machine.values(machine.numbers()));
  const loss = machine.train(0, rows, Float32Array.of(1, 0, 1, 0), 0) / rows;
  const after = listed(machine.values(machine.numbers()));
  return { loss, gradient: before.map(([name, numbers], i) => [name, Array.from(numbers, (value, k) => value - after[i]![1][k]!)] as const) };
}

/** Trains some epochs with a constant rate. @returns the mean loss of each */
export function epochsOf(machine: DenseMachine, rules: DenseRules, rows: number, epochs: number, rate: number): number[] {
  const state = firstStep();
  const count = Math.ceil(rows / rules.batch);
  machine.begin(Array.from({ length: 20 }, (_, i) => 1000 * i + 17));
  return Array.from({ length: epochs }, () => {
    machine.reorder(machine.chance().slice(16));
    const steps = new Float32Array(count * stepNumbers);
    nextSteps(state, { kind: 'constant', rate, steps: 0, warmUp: 0 }, rules, count, steps);
    return machine.train(0, rows, steps, 0) / rows;
  });
}

export const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length ? Array.from(a).reduce((most, value, i) => (Math.abs(value - b[i]!) > most || Number.isNaN(value - b[i]!) ? Math.abs(value - b[i]!) : most), 0) : Infinity;
