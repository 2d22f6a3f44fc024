/** @file Everything that was decided for a run, in words: what its plan shows and what a comparison sets side by side. */

import { words } from '../../words/words';
import { shortHash } from '../pipeline/artifactWords';
import type { RunDetail } from '../../state/runBook.svelte';
import { completeChoice } from '../../domain/data/recipe/recipeChoice';
import type { Setting } from '../../domain/modelling/settingDifferences';

export function runSettings({ run, model, balanced }: RunDetail): Setting[] {
  const w = words.modelling;
  return [
    { name: w.learnerLabel, value: words.learnerTitle(run.plan.learner, model.task.kind) },
    ...Object.entries(run.plan.hyperparameters).map(([name, value]) => ({
      name: w.setting(name, run.plan.learner).label,
      value: w.settingValue(name, value, run.plan.learner),
    })),
    { name: w.seed, value: String(run.plan.seed) },
    ...(model.task.kind === 'classification' ? [{ name: w.balanced, value: w.yesNo(balanced) }] : []),
    { name: w.engineLabel, value: w.engine(run.plan.engine) },
    { name: w.dataColumn, value: w.version(run.version) },
    { name: w.splitLabel, value: shortHash(run.split) },
    ...Object.entries(completeChoice(run.preparation ?? {})).map(([name, value]) => ({ name: w.recipeSetting(name).label, value: typeof value === 'boolean' ? w.yesNo(value) : w.recipeValue(name, String(value)) })),
    { name: w.recipeLabel, value: shortHash(run.recipe) },
    { name: w.judgedBy, value: w.judgedHow(run.crossValidated) },
  ];
}
