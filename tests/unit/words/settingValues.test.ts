import { expect, it } from 'vitest';
import { learnerDescriptions } from '../../../src/domain/modelling/learners/registry';
import { words } from '../../../src/words/words';

const { settingValue } = words.modelling;
const chosen = learnerDescriptions.flatMap(({ name: learner, hyperparameters }) => hyperparameters.flatMap(({ name, choices = [] }) => choices.map((choice) => [learner, name, choice] as const)));

it.each(chosen)('%s has words for the value of %s that is called %s in a plan', (learner, name, choice) => {
  const text = settingValue(name, choice, learner);
  // tanh is its name; every other word of a plan begins small and a label does not.
  if (choice !== 'tanh') expect(text).toMatch(/^\p{Lu}/u);
});

it('has another label for every value of one setting', () => {
  for (const { name: learner, hyperparameters } of learnerDescriptions) {
    for (const { name, choices = [] } of hyperparameters) expect(new Set(choices.map((choice) => settingValue(name, choice, learner))).size).toBe(choices.length);
  }
});

it('says numbers as they are, and what is empty or a yes or no in words', () => {
  expect([settingValue('k', 5), settingValue('hidden', '64,32'), settingValue('hidden', ''), settingValue('bootstrap', true), settingValue('residual', false)]).toEqual(['5', '64,32', 'none', 'yes', 'no']);
});
