import { describe, expect, it } from 'vitest';
import type { Setting } from '../../../../src/domain/setting';
import { denseDescription } from '../../../../src/domain/modelling/learners/dense';
import { learnerDescriptions } from '../../../../src/domain/modelling/learners/registry';
import { completePlan } from '../../../../src/domain/modelling/plan';
import { Refusal } from '../../../../src/domain/refusal';

const specifications: Setting[] = [
  { name: 'rate', default: 0.5, range: [0, 1] },
  { name: 'rounds', default: 10, range: [1, 20], integer: true },
  { name: 'shape', default: 'round', choices: ['round', 'square'] },
  { name: 'words', default: '' },
  { name: 'quick', default: false },
];

const complete = (given: Record<string, number | string | boolean>, seed = 1) => completePlan('toy', given, seed, 'cpu', specifications);

function refusal(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a completed plan', () => {
  it('fills in the defaults in the order of the specifications', () => {
    const plan = complete({ rounds: 3 }, 7);
    expect(plan).toEqual({ learner: 'toy', seed: 7, engine: 'cpu', hyperparameters: { rate: 0.5, rounds: 3, shape: 'round', words: '', quick: false } });
    expect(Object.keys(plan.hyperparameters)).toEqual(['rate', 'rounds', 'shape', 'words', 'quick']);
  });

  it('reads numbers and yes or no from text, as a command line gives them', () => {
    expect(complete({ rate: '1e-2', rounds: ' 4 ', quick: 'true', words: 12 }).hyperparameters).toEqual({
      rate: 0.01,
      rounds: 4,
      shape: 'round',
      words: '12',
      quick: true,
    });
  });

  it('allows both ends of a range and nothing beyond', () => {
    expect(complete({ rate: 0 }).hyperparameters['rate']).toBe(0);
    expect(complete({ rate: 1 }).hyperparameters['rate']).toBe(1);
    const { code, details } = refusal(() => complete({ rate: 1.1 }));
    expect([code, details]).toEqual(['settingOutOfRange', { of: 'toy', name: 'rate', value: 1.1, low: 0, high: 1 }]);
  });

  it.each([
    ['settingNotANumber', { rate: 'fast' }],
    ['settingNotANumber', { rate: '' }],
    ['settingNotANumber', { rate: NaN }],
    ['settingNotANumber', { rate: true }],
    ['settingNotWhole', { rounds: 2.5 }],
    ['settingNotAChoice', { shape: 'oval' }],
    ['settingNotText', { words: false }],
    ['settingNotYesOrNo', { quick: 'perhaps' }],
    ['settingUnknown', { rat: 1 }],
    ['settingUnknown', JSON.parse('{"__proto__": 1}') as Record<string, number>],
  ])('refuses with %s: %o', (code, given) => {
    expect(refusal(() => complete(given)).code).toBe(code);
  });

  it('refuses a seed that is not a whole number from 1 to 2^53 − 1', () => {
    for (const seed of [0, -1, 1.5, NaN, 2 ** 53]) expect(refusal(() => complete({}, seed)).code).toBe('seedOutOfRange');
  });

  it('asks the check of the learner', () => {
    const run = () => completePlan('dense', { hidden: '64,x' }, 1, 'cpu', denseDescription.hyperparameters, denseDescription.check);
    expect(refusal(run).code).toBe('hiddenWidthsUnreadable');
  });

  it('accepts the defaults of every learner', () => {
    for (const { name, hyperparameters, check } of learnerDescriptions) {
      const defaults = Object.fromEntries(hyperparameters.map((one) => [one.name, one.default]));
      expect(completePlan(name, defaults, 1, 'cpu', hyperparameters, check).hyperparameters).toEqual(defaults);
    }
  });
});
