/** @file The way from an alert back to the data: was the batch added, was a run trained on it, and is the new one better. */

import { currentSplit, demandVersion } from './data';
import { trainRun } from './training';
import { Problem } from './problem';
import type { OpenProject } from './project.svelte';
import { isModelStale, isRunStale } from './stageState';
import type { RecipeSpec } from '../domain/data/recipe/recipeSpec';
import { renamedSpec, usableSpec } from '../domain/data/recipe/usableSpec';
import type { RecipeBody } from '../domain/data/recipeManifest';
import { columnNamed } from '../domain/data/table';
import type { TableBody } from '../domain/data/tableManifest';
import type { ComparisonBody } from '../domain/modelling/report';
import type { Hash } from '../domain/pipeline/digest';
import type { DataVersion, Run } from '../domain/pipeline/project';
import { stepsMaking, stepsUsing } from '../storage/artifacts';

export interface WayBack {
  /** The version that the batch was added in. */
  readonly added: DataVersion | null;
  /** Runs and registered models that are out of date. */
  readonly stale: { readonly runs: number; readonly models: number };
  /** The latest run that was trained on that version, of the same learner where there is one. */
  readonly retrained: Run | null;
}

/** Tables that a batch was added in: the outputs of the steps that had it as their batch. */
export async function tablesWith(project: Pick<OpenProject, 'database'>, batch: Hash): Promise<ReadonlySet<Hash>> {
  const steps = await stepsUsing(project.database, batch);
  return new Set(steps.filter(({ op, inputs }) => op === 'append' && inputs.batch === batch).map(({ output }) => output));
}

/** Read off the state. @param tables those that the batch was added in */
export function wayBackOf(project: Pick<OpenProject, 'state'>, tables: ReadonlySet<Hash>, run: Run | null): WayBack {
  const { state } = project;
  const added = state.versions.findLast((version) => tables.has(version.table)) ?? null;
  const fresh = added === null ? [] : state.runs.filter((one) => one.version >= added.number && one.id !== run?.id);
  return {
    added,
    stale: { runs: state.runs.filter((one) => isRunStale(project, one)).length, models: state.models.filter((model) => isModelStale(project, model)).length },
    retrained: fresh.findLast((one) => one.plan.learner === run?.plan.learner) ?? fresh.at(-1) ?? null,
  };
}

/** Whether a run was trained with its classes balanced: a parameter of its training step. */
async function wasBalanced(project: OpenProject, run: Run): Promise<boolean> {
  const step = (await stepsMaking(project.database, run.model)).find(({ op }) => op === 'train');
  return (step?.params as { readonly balanced?: boolean } | undefined)?.balanced === true;
}

/** The recipe of a run for the version in hand: under the columns' present names, without what may not or cannot be an input any more. */
async function recipeNow(project: OpenProject, run: Run): Promise<RecipeSpec> {
  const { spec } = (await project.artifact<RecipeBody>(run.recipe)).body;
  const learnt = (await project.artifact<TableBody>(run.table)).body.origin;
  const { columns, origin } = (await project.artifact<TableBody>(demandVersion(project.state).table)).body;
  // Through the name at the import; a column of another import is found by its own name.
  const nameOf = (column: string): string | null => {
    const first = learnt.columns.find(({ now }) => now === column)?.name ?? column;
    const found = columnNamed(origin.columns, first);
    return found === undefined ? column : found.now;
  };
  const { target, exclude, group, time } = project.state.question;
  if (target === null) throw new Problem({ code: 'noTarget', details: {} });
  const left = [...exclude, group, time].filter((name) => name !== null);
  return usableSpec(renamedSpec(spec, nameOf), columns, { target, exclude: left });
}

/** The same plan and recipe, on the version in hand. */
export async function retrain(project: OpenProject, run: Run): Promise<Run> {
  const { learner, hyperparameters, seed, engine } = run.plan;
  return trainRun(project, { learner, hyperparameters, seed, engine, balanced: await wasBalanced(project, run), recipe: await recipeNow(project, run) });
}

/**
 * Old and new on the same rows: the validation rows of the version in hand, less every row whose key is among the training rows of either.
 * @returns the new run's metric less the old one's
 * @throws Problem tooFewUnseenRows {rows, needed}; keysNotAlike
 */
export async function comparedOnNewRows(project: OpenProject, candidate: Run, baseline: Run, metric: string): Promise<ComparisonBody> {
  const split = await currentSplit(project);
  const { table } = demandVersion(project.state);
  const learnt = { candidateTable: candidate.table, candidateSplit: candidate.split, baselineTable: baseline.table, baselineSplit: baseline.split };
  const scoresOf = async (run: Run): Promise<Hash> =>
    (
      await project.ask(
        { op: 'score', params: { part: 'validation' }, inputs: { model: run.model, table, split: split.id, recipe: run.recipe, ...learnt } },
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
