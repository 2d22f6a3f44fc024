/** @file What a cross-validation takes on this device, for the bench: no run is kept of it. */

import { currentSplit, demandVersion } from './data';
import type { OpenProject } from './project.svelte';
import { planOf, preparationOf } from './training';
import type { Json } from '../domain/canonical';
import type { Hash } from '../domain/pipeline/digest';
import { describedLearner } from '../domain/modelling/learners/registry';
import type { RecipeParams } from '../domain/data/recipeManifest';

const learner = 'dense';

/** Cross-validates a small dense network on the version in hand, afresh. */
export async function crossValidationSeconds(project: OpenProject, target: string, folds: number): Promise<{ readonly seconds: number; readonly output: Hash }> {
  const split = await currentSplit(project);
  const { table } = demandVersion(project.state);
  const params: RecipeParams = { target, exclude: [], spec: null, choice: preparationOf({ learner }) };
  const recipe = (await project.ask({ op: 'recipe', params: params as unknown as Json, inputs: { table, split: split.id } })).record.output;
  const plan = planOf({ learner, hyperparameters: { hidden: '64,64', batch_size: 128, epochs: 50, patience: 0 }, seed: 1, engine: describedLearner(learner)!.engines[0]! });
  const { seconds, record } = await project.ask(
    { op: 'crossValidate', params: { plan, balanced: false, folds } as unknown as Json, inputs: { table, split: split.id, recipe } },
    { subject: learner, afresh: true },
  );
  return { seconds, output: record.output };
}
