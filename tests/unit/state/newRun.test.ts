import { describe, expect, it, vi } from 'vitest';
import { NewRun } from '../../../src/state/newRun.svelte';
import { completeChoice } from '../../../src/domain/data/recipe/recipeChoice';
import { describedLearner, learnerDescriptions } from '../../../src/domain/modelling/learners/registry';

vi.stubGlobal('navigator', { userAgent: 'a browser' });
const size = { rows: 10_000, validationRows: 2_000, features: 20, classes: 2 };

describe('a run in the making', () => {
  it('is right from the start for every learner, as its descriptions and its own preparation say', () => {
    const form = new NewRun();
    for (const { name, hyperparameters, preparation } of learnerDescriptions) {
      form.learner = name;
      expect([form.wrong, form.isChanged]).toEqual([0, false]);
      expect(form.choice('classification')).toMatchObject({
        learner: name,
        hyperparameters: Object.fromEntries(hyperparameters.map((one) => [one.name, one.default])),
        seed: 1,
        engine: 'auto',
        preparation: completeChoice(preparation ?? {}),
      });
      expect(form.forecast(size)).toMatchObject({ memory: 'fits' });
    }
  });

  it('tells what is wrong at its field, and foretells nothing until it is right', () => {
    const form = new NewRun();
    const at = (name: string): number => describedLearner('dense')!.hyperparameters.findIndex((one) => one.name === name);
    form.set('epochs', null);
    form.set('hidden', '64,x');
    form.prepare('rareBelow', -1);
    form.seed = 0;
    expect(form.problems[at('epochs')]).toBe('empty');
    expect(form.problems[at('hidden')]).toMatchObject({ code: 'hiddenWidthsUnreadable' });
    expect(form.recipeProblems.filter((one) => one !== undefined)).toMatchObject([{ code: 'settingOutOfRange' }]);
    expect(form.seedProblem).toMatchObject({ code: 'seedOutOfRange' });
    expect([form.wrong, form.isChanged, form.forecast(size)]).toEqual([4, true, null]);
  });

  it('begins anew with another learner, but keeps the seed and what is asked of the classes', () => {
    const form = new NewRun();
    form.set('epochs', 3);
    form.engine = 'wasm';
    form.seed = 7;
    form.balanced = true;
    form.learner = 'boosting';
    form.learner = 'dense';
    expect(form.choice('classification')).toMatchObject({ engine: 'auto', seed: 7, balanced: true });
    expect(form.choice('classification').hyperparameters['epochs']).toBe(describedLearner('dense')!.hyperparameters.find((one) => one.name === 'epochs')!.default);
    expect(form.choice('regression').balanced).toBe(false);
  });
});
