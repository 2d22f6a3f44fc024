/** @file The way from an alert back to the data: was the batch added, was a run trained on it, and is the new one better. */

import { currentSplit, demandVersion } from './data';
import { upstream } from './lineage';
import { trainRun } from './modelling';
import type { OpenProject } from './project.svelte';
import { isModelStale, isRunStale } from './stageState';
import type { RecipeBody } from '../domain/data/recipeManifest';
import type { ComparisonBody } from '../domain/modelling/report';
import type { Hash } from '../domain/pipeline/digest';
import type { DataVersion, Run, Watch } from '../domain/pipeline/project';

export interface WayBack {
  /** The version that the batch was added in. */
  readonly added: DataVersion | null;
  /** Runs and registered models that are out of date. */
  readonly stale: { readonly runs: number; readonly models: number };
  /** The latest run that was trained on that version, of the same learner where there is one. */
  readonly retrained: Run | null;
}

/** Read off the state: a version carries the name of the batch that was added to it. */
export function wayBackOf(project: Pick<OpenProject, 'state'>, watch: Watch, run: Run | null): WayBack {
  const { state } = project;
  const added = state.versions.findLast((version) => version.parent !== null && version.message === watch.name) ?? null;
  const fresh = added === null ? [] : state.runs.filter((one) => one.version >= added.number && one.id !== run?.id);
  return {
    added,
    stale: { runs: state.runs.filter((one) => isRunStale(project, one)).length, models: state.models.filter((model) => isModelStale(project, model)).length },
    retrained: fresh.findLast((one) => one.plan.learner === run?.plan.learner) ?? fresh.at(-1) ?? null,
  };
}

/** Whether a run was trained with its classes balanced: a parameter of its training step. */
async function wasBalanced(project: OpenProject, run: Run): Promise<boolean> {
  const step = (await upstream(project, run.model)).steps.find((one) => one.op === 'train' && one.output === run.model);
  return (step?.params as { readonly balanced?: boolean } | undefined)?.balanced === true;
}

/** The same plan and recipe, on the version in hand. */
export async function retrain(project: OpenProject, run: Run): Promise<Run> {
  const { spec } = (await project.artifact<RecipeBody>(run.recipe)).body;
  const { learner, hyperparameters, seed, engine } = run.plan;
  return trainRun(project, { learner, hyperparameters, seed, engine, balanced: await wasBalanced(project, run), recipe: spec });
}

/**
 * Old and new on the same rows: the validation rows of the version in hand, which neither was trained on, as the first cuts decide where every row goes.
 * @returns the new run's metric less the old one's
 */
export async function comparedOnNewRows(project: OpenProject, candidate: Run, baseline: Run, metric: string): Promise<ComparisonBody> {
  const split = await currentSplit(project);
  const { table } = demandVersion(project.state);
  const scoresOf = async (run: Run): Promise<Hash> =>
    (
      await project.ask(
        { op: 'score', params: { part: 'validation' }, inputs: { model: run.model, table, split: split.id, recipe: run.recipe } },
        { subject: run.plan.learner },
      )
    ).record.output;
  const [own, other] = [await scoresOf(candidate), await scoresOf(baseline)];
  const asked = await project.ask({
    op: 'compare',
    params: { metric, threshold: project.state.threshold, seed: 1 },
    inputs: { candidate: own, baseline: other, table },
  });
  return (await project.artifact<ComparisonBody>(asked.record.output)).body;
}
