/** @file The dense learner: a stack of fully connected layers with bends between, trained batch by batch. */

import { exp64, log64 } from '../../exactMath';
import { Refusal } from '../../refusal';
import type { SettingValue } from '../../setting';
import { parametersOf } from '../cost';
import type { Engine, Plan } from '../learner';
import type { LearnerDescription } from './description';

/** Widest hidden layer and most hidden layers that a plan may ask for. */
const widest = 2048;
const deepest = 24;

/**
 * The hidden widths in a text such as `64,32`; an empty text means none, which is logistic regression by gradient descent.
 * @throws Refusal hiddenWidthsUnreadable { value, widest, deepest }
 */
export function hiddenWidths(text: string): number[] {
  if (text.trim() === '') return [];
  const widths = text.split(',').map((part) => (/^\s*\d{1,6}\s*$/.test(part) ? Number(part) : 0));
  if (widths.length > deepest || widths.some((width) => width < 1 || width > widest)) {
    throw new Refusal('hiddenWidthsUnreadable', { value: text, widest, deepest });
  }
  return widths;
}

/** A usual width for the embedding of so many categories: 1.6 · n^0.56, at most 50 (the rule of fastai). */
export function embeddingWidth(categories: number): number {
  return Math.min(50, Math.ceil(1.6 * exp64(0.56 * log64(categories))));
}

/** What the engines of tfjs do not have: settings, and the values of each that they can work with. */
const tfjsLacks: readonly (readonly [name: string, can: (value: SettingValue, all: Plan['hyperparameters']) => boolean])[] = [
  ['activation', (value) => value === 'relu'],
  ['norm', (value) => value === 'none'],
  ['residual', (value) => value === false],
  ['loss', (value) => value === 'squared'],
  // Without decay the two are the same.
  ['optimizer', (value, all) => value === 'adamw' || (value === 'adam' && all['weight_decay'] === 0)],
  ['schedule', (value) => value === 'constant'],
  ['warmup_epochs', (value) => value === 0],
  ['clip_norm', (value) => value === 0],
];

function lacks(engine: Engine, hyperparameters: Plan['hyperparameters']): string | null {
  if (engine === 'native' || engine === 'plain') return null;
  const found = tfjsLacks.find(([name, can]) => hyperparameters[name] !== undefined && !can(hyperparameters[name], hyperparameters));
  return found?.[0] ?? null;
}

/**
 * `loss`, `huber_delta` and `quantile` are of values; classes are learnt with log-loss. `schedule_epochs` is not the limit: a training that is
 * stopped has had the rates of one that was to end there. `embedding_width` of 0 is the usual width.
 */
export const denseDescription: LearnerDescription = {
  name: 'dense',
  kinds: ['classification', 'regression'],
  engines: ['native', 'plain', 'cpu', 'wasm', 'webgl', 'webgpu'],
  usual: true,
  takesMissing: false,
  takesCategories: true,
  hyperparameters: [
    { name: 'hidden', default: '64,32' },
    { name: 'activation', default: 'relu', choices: ['relu', 'tanh', 'gelu'] },
    { name: 'norm', default: 'none', choices: ['none', 'layer', 'batch'] },
    { name: 'residual', default: false },
    { name: 'dropout', default: 0, range: [0, 0.9] },
    { name: 'embedding_width', default: 0, range: [0, 256], integer: true },
    { name: 'loss', default: 'squared', choices: ['squared', 'huber', 'quantile'] },
    { name: 'huber_delta', default: 1, range: [1e-3, 1e3] },
    { name: 'quantile', default: 0.5, range: [0.001, 0.999] },
    { name: 'optimizer', default: 'adamw', choices: ['adamw', 'adam', 'sgd'] },
    { name: 'momentum', default: 0.9, range: [0, 0.999] },
    { name: 'learning_rate', default: 0.001, range: [1e-6, 1] },
    { name: 'schedule', default: 'constant', choices: ['constant', 'cosine', 'step', 'one_cycle'] },
    { name: 'schedule_epochs', default: 30, range: [1, 1000], integer: true },
    { name: 'warmup_epochs', default: 0, range: [0, 100] },
    { name: 'clip_norm', default: 0, range: [0, 1e6] },
    { name: 'batch_size', default: 256, range: [1, 8192], integer: true },
    { name: 'epochs', default: 30, range: [1, 1000], integer: true },
    { name: 'patience', default: 5, range: [0, 1000], integer: true },
    { name: 'weight_decay', default: 0, range: [0, 10] },
  ],
  // Forward, and twice as much backward. A GPU's own copy of the data and the optimiser's two moments count.
  cost({ hidden, epochs, batch_size: batch }, { rows, validationRows, features, classes }) {
    const widths = [features, ...hiddenWidths(String(hidden)), classes > 2 ? classes : 1];
    const parameters = parametersOf(widths);
    return {
      operations: Number(epochs) * parameters * (3 * rows + validationRows),
      steps: Number(epochs) * Math.ceil(rows / Number(batch)),
      bytes: 4 * (4 * parameters + 2 * Number(batch) * widths.reduce((sum, width) => sum + width, 0)) + 4 * rows * features,
    };
  },
  lacks,
  check: ({ hidden }) => void hiddenWidths(String(hidden)),
};
