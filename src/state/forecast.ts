/** @file What a training will cost on this device, before it begins: time, memory, and whether it fits. Read off the cost model and what earlier trainings took. */

import { guessedFeatures, ownEngine } from './engine';
import type { OpenProject } from './project.svelte';
import { foretold } from './rates';
import type { SplitBody } from '../domain/data/splitManifest';
import type { TableBody } from '../domain/data/tableManifest';
import { dataBytes, memoryVerdict, type TrainingSize } from '../domain/modelling/cost';
import type { Engine, Plan } from '../domain/modelling/learner';
import { describedLearner } from '../domain/modelling/learners/registry';
import type { Hash } from '../domain/pipeline/digest';

export interface Forecast {
  readonly seconds: number;
  readonly bytes: number;
  readonly memory: ReturnType<typeof memoryVerdict>;
}

/** How large a training on a table will be: rows as the split has them, or as its shares will make them; features are guessed from the columns. */
export async function sizeOf(project: OpenProject, table: Hash): Promise<TrainingSize> {
  const { body } = await project.artifact<TableBody>(table);
  const features = guessedFeatures(body);
  const { split, splitChoice } = project.state;
  if (split !== null) {
    const { counts, task } = (await project.artifact<SplitBody>(split)).body;
    return { rows: counts.train, validationRows: counts.validation, features, classes: task.kind === 'regression' ? 0 : task.classes.length };
  }
  const [train, validation] = splitChoice.shares;
  return { rows: Math.round(train * body.rows), validationRows: Math.round(validation * body.rows), features, classes: project.state.question.task === 'regression' ? 0 : 2 };
}

/** @param engine null: not chosen yet, so that of our own kernels */
export function forecastOf(plan: Pick<Plan, 'learner' | 'hyperparameters'>, engine: Engine | null, size: TrainingSize): Forecast {
  const cost = describedLearner(plan.learner)!.cost(plan.hyperparameters, size);
  const bytes = cost.bytes + dataBytes(size);
  const device = (navigator as { readonly deviceMemory?: number }).deviceMemory ?? 8;
  return { seconds: foretold(plan.learner, engine ?? ownEngine(), cost), bytes, memory: memoryVerdict(bytes, device) };
}
