/** @file The dense learner: a stack of fully connected layers with ReLU between, trained with Adam. */

import { Refusal } from '../../refusal';
import { parametersOf } from '../cost';
import type { LearnerDescription } from './description';

/** Widest hidden layer and most hidden layers that a plan may ask for. */
const widest = 1024;
const deepest = 6;

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

export const denseDescription: LearnerDescription = {
  name: 'dense',
  kinds: ['classification', 'regression'],
  engines: ['cpu', 'wasm', 'webgl', 'webgpu'],
  usual: true,
  takesMissing: false,
  takesCategories: false,
  hyperparameters: [
    { name: 'hidden', default: '64,32' },
    { name: 'dropout', default: 0, range: [0, 0.9] },
    { name: 'learning_rate', default: 0.001, range: [1e-6, 1] },
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
  check: (hyperparameters) => void hiddenWidths(String(hyperparameters['hidden'])),
};
