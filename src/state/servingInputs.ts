/** @file What a model version must be told for one answer: its inputs, with what is usual for each in the data it learnt from. */

import { demandRun } from './deployment';
import { validationReport } from './modelling';
import type { OpenProject } from './project.svelte';
import type { ProfileBody, ProfileParams } from '../domain/data/profileManifest';
import { quantileLevels } from '../domain/data/profile';
import { recipeInputs } from '../domain/data/recipe/recipe';
import type { RecipeBody } from '../domain/data/recipeManifest';
import type { ColumnType } from '../domain/data/table';
import type { Json } from '../domain/canonical';
import type { ModelBody } from '../domain/modelling/modelManifest';
import type { ReportBody } from '../domain/modelling/report';
import type { Task } from '../domain/modelling/task';
import type { ModelVersion } from '../domain/pipeline/project';

export interface ServingInput {
  readonly column: string;
  readonly type: ColumnType;
  /** Of a category: its values, most frequent first, at most twenty; how many there are in all. Empty for others. */
  readonly values: readonly string[];
  readonly distinct: number;
  /** Of a number: the middle nine tenths of the data, and its ends. */
  readonly usual: { readonly low: number; readonly high: number; readonly min: number; readonly max: number } | null;
}

export interface ServingForm {
  readonly task: Task;
  readonly inputs: readonly ServingInput[];
  readonly validation: ReportBody;
}

/** The form of a model version. The profile behind it is computed once a table. */
export async function servingForm(project: OpenProject, version: ModelVersion): Promise<ServingForm> {
  const run = demandRun(project.state, version);
  const { target, task, positive } = project.state.question;
  const params: ProfileParams = { target, task, positive };
  const [model, recipe, { report }, asked] = await Promise.all([
    project.artifact<ModelBody>(run.model),
    project.artifact<RecipeBody>(run.recipe),
    validationReport(project, run),
    project.ask({ op: 'profile', params: params as unknown as Json, inputs: { table: run.table } }, { subject: `v${run.version}` }),
  ]);
  const { profiles } = (await project.artifact<ProfileBody>(asked.record.output)).body;
  const [low, high] = [quantileLevels.indexOf(0.05), quantileLevels.indexOf(0.95)];
  const inputs = recipeInputs(recipe.body.fitted).map(({ column, type }): ServingInput => {
    const profile = profiles.find((one) => one.name === column);
    const numeric = type === 'boolean' || type === 'date' ? null : (profile?.numeric ?? null);
    return {
      column,
      type,
      values: profile?.texts?.top.map(({ text }) => text) ?? [],
      distinct: profile?.distinct ?? 0,
      usual: numeric && { low: numeric.quantiles[low]!, high: numeric.quantiles[high]!, min: numeric.min, max: numeric.max },
    };
  });
  return { task: model.body.task, inputs, validation: report.body };
}
