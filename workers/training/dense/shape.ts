/** @file What a dense network is made of and how it learns, read off the plan. Not its numbers. */

import type { Activation } from '../../../src/domain/modelling/forms/layers';
import type { TrainingInput } from '../../../src/domain/modelling/learner';
import { embeddingWidth, hiddenWidths } from '../../../src/domain/modelling/learners/dense';
import type { ScheduleRules } from './schedule';

export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  readonly norm: 'none' | 'layer' | 'batch';
  /** What the layer is given is added to what it gives; both are equally wide. */
  readonly residual: boolean;
}

export interface DenseEmbedding {
  readonly feature: number;
  readonly categories: number;
  readonly width: number;
}

/** The first layer takes the features without an embedding in their order, then the embeddings in theirs. */
export interface DenseShape {
  readonly features: number;
  readonly embeddings: readonly DenseEmbedding[];
  readonly layers: readonly DenseLayer[];
}

export type LossKind = 'sigmoid' | 'softmax' | 'squared' | 'huber' | 'quantile';

/** How a network is trained. */
export interface DenseRules {
  readonly loss: LossKind;
  /** Huber's bound, in standard deviations of the target, or the quantile; 0 for the others. */
  readonly lossNumber: number;
  readonly dropout: number;
  /** Rows of a batch, and of them those that go forward and back together; gradients are added up over the chunks of a batch. */
  readonly batch: number;
  readonly chunk: number;
  readonly optimiser: 'adamw' | 'adam' | 'sgd';
  readonly decay: number;
  readonly momentum: number;
  /** Greatest norm of the gradient; 0: any. */
  readonly clip: number;
}

/** Added to the variance of a norm, and the share of a batch in its running statistics: PyTorch's numbers. */
export const normEpsilon = 1e-5;
export const runningShare = 0.1;

/** Dropout's words below this, of 2^32, drop. */
export const dropBelow = (rate: number): number => Math.floor(rate * 2 ** 32);

/** Products of one row, forward. */
export const productsOf = ({ layers }: DenseShape): number => layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);

/** Few enough for the nearest cache, many enough to make the weights worth reading; fewer where a row is a lot of work. */
const usualChunk = 64;
const largestChunk = 5e7;

/** Rows that go through the network together. A batch norm needs the whole batch. */
export function chunkOf(shape: DenseShape, batch: number): number {
  if (shape.layers.some(({ norm }) => norm === 'batch')) return batch;
  return Math.min(batch, Math.max(4, Math.min(usualChunk, 4 * Math.floor(largestChunk / (4 * Math.max(1, productsOf(shape)))))));
}

export function shapeOf({ train, meanings, plan, kind, classes }: Pick<TrainingInput, 'train' | 'meanings' | 'plan' | 'kind' | 'classes'>): DenseShape {
  const given = plan.hyperparameters;
  const asked = given['embedding_width'] as number;
  const embeddings = (meanings ?? []).flatMap(({ categories }, feature) => (categories > 0 ? [{ feature, categories, width: asked === 0 ? embeddingWidth(categories) : asked }] : []));
  let inputs = train.features - embeddings.length + embeddings.reduce((sum, { width }) => sum + width, 0);
  const layers: DenseLayer[] = [];
  for (const outputs of hiddenWidths(String(given['hidden']))) {
    const residual = given['residual'] === true && layers.length > 0 && outputs === inputs;
    layers.push({ inputs, outputs, activation: given['activation'] as Activation, norm: given['norm'] as DenseLayer['norm'], residual });
    inputs = outputs;
  }
  const outputs = kind === 'regression' || classes === 2 ? 1 : classes;
  layers.push({ inputs, outputs, activation: 'linear', norm: 'none', residual: false });
  return { features: train.features, embeddings, layers };
}

export function rulesOf({ plan, kind, classes, train }: Pick<TrainingInput, 'plan' | 'kind' | 'classes' | 'train'>, shape: DenseShape): DenseRules {
  const given = plan.hyperparameters;
  const number = (name: string): number => given[name] as number;
  const loss: LossKind = kind === 'classification' ? (classes === 2 ? 'sigmoid' : 'softmax') : (given['loss'] as LossKind);
  const batch = Math.min(number('batch_size'), train.rows);
  return {
    loss,
    lossNumber: loss === 'huber' ? number('huber_delta') : loss === 'quantile' ? number('quantile') : 0,
    dropout: number('dropout'),
    batch,
    chunk: chunkOf(shape, batch),
    optimiser: given['optimizer'] as DenseRules['optimiser'],
    decay: number('weight_decay'),
    momentum: number('momentum'),
    clip: number('clip_norm'),
  };
}

export function scheduleOf({ plan, train }: Pick<TrainingInput, 'plan' | 'train'>, { batch }: DenseRules): ScheduleRules {
  const given = plan.hyperparameters;
  const perEpoch = Math.ceil(train.rows / batch);
  return {
    kind: given['schedule'] as ScheduleRules['kind'],
    rate: given['learning_rate'] as number,
    steps: (given['schedule_epochs'] as number) * perEpoch,
    warmUp: Math.round((given['warmup_epochs'] as number) * perEpoch),
  };
}
