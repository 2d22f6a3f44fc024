import { describe, expect, it } from 'vitest';
import { learnerDescriptions } from '../../../src/domain/modelling/learners/registry';
import { shortChoice, type RecipeChoice } from '../../../src/domain/data/recipe/recipeChoice';
import type { Run } from '../../../src/domain/pipeline/project';
import { againChoice } from '../../../src/state/trainAgain';
import { preparationOf, usualPreparation } from '../../../src/state/training';

const runOf = (learner: string, preparation: RecipeChoice | null): Run =>
  ({ plan: { learner, hyperparameters: { l2: 3 }, seed: 7, engine: 'plain' }, preparation }) as unknown as Run;

describe('training a run again', () => {
  it('is the same plan', () => {
    expect(againChoice({ run: runOf('linear', null), balanced: true })).toMatchObject({ learner: 'linear', hyperparameters: { l2: 3 }, seed: 7, engine: 'plain', balanced: true });
  });

  it.each(learnerDescriptions.map(({ name }) => name))('of %s prepares rows as they were, also where that is the beginner’s way and not the learner’s', (learner) => {
    const choices: readonly (RecipeChoice | null)[] = [null, { scaling: 'robust' }, { coding: 'codes', fillNumbers: 'keep' }, { missingIndicator: true }, shortChoice(usualPreparation(learner))];
    for (const preparation of choices) expect(preparationOf(againChoice({ run: runOf(learner, preparation), balanced: false }))).toEqual(preparation);
  });
});
