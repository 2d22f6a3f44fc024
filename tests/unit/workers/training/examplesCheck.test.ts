import { describe, expect, it } from 'vitest';
import type { TrainingInput } from '../../../../src/domain/modelling/learner';
import { checkFeatures, checkInput } from '../../../../workers/training/examplesCheck';

const examples = { rows: 2, features: 2, x: Float32Array.of(1, 2, 3, 4), y: Float64Array.of(0, 1) };
const input: TrainingInput = {
  kind: 'classification',
  classes: 2,
  train: examples,
  validation: examples,
  plan: { learner: 'x', hyperparameters: {}, seed: 1, engine: 'cpu' },
};
const none = { rows: 0, features: 2, x: new Float32Array(0), y: new Float64Array(0) };

describe('the check of examples', () => {
  it('passes what fits, with and without validation rows', () => {
    expect(() => checkInput(input)).not.toThrow();
    expect(() => checkInput({ ...input, validation: none })).not.toThrow();
    expect(() => checkInput({ ...input, kind: 'regression', classes: 0, train: { ...examples, y: Float64Array.of(-1.5, 1e300) } })).not.toThrow();
  });

  it('names the feature and the row of the first number that is not finite', () => {
    expect(() => checkFeatures(Float32Array.of(1, 2, 3, NaN, 5, -Infinity), 2, 3)).toThrow('feature 0 of row 1 is NaN');
    expect(() => checkFeatures(Float32Array.of(1, 2, 3, 4, 5, -Infinity), 2, 3)).toThrow('feature 2 of row 1 is -Infinity');
  });

  it.each<[string, Partial<TrainingInput>]>([
    ['no rows', { train: none }],
    ['too few numbers', { train: { ...examples, x: new Float32Array(3) } }],
    ['too few targets', { train: { ...examples, y: new Float64Array(1) } }],
    ['a class beyond the task', { train: { ...examples, y: Float64Array.of(0, 2) } }],
    ['half a class', { train: { ...examples, y: Float64Array.of(0, 0.5) } }],
    ['a value that is not finite', { kind: 'regression', classes: 0, train: { ...examples, y: Float64Array.of(0, NaN) } }],
    ['a negative weight', { train: { ...examples, weights: Float64Array.of(1, -1) } }],
    ['weights that are all zero', { train: { ...examples, weights: new Float64Array(2) } }],
    ['a weight too few', { train: { ...examples, weights: new Float64Array(1) } }],
    ['classes for a regression', { kind: 'regression' }],
    ['no classes', { classes: 0 }],
    ['other features in validation', { validation: { ...examples, features: 1, x: new Float32Array(2) } }],
  ])('refuses %s', (_, change) => {
    expect(() => checkInput({ ...input, ...change })).toThrow(RangeError);
  });
});
