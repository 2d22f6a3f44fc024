/** @file What can be done in the modelling stage: fit, train, score, evaluate, compare, and open the sealed test rows. */

import { currentSplit, demandVersion } from './data';
import type { Asked, OpenProject } from './project.svelte';
import type { StepProgress } from '../../workers/steps/api';
import type { Json } from '../domain/canonical';
import type { RecipeChoice } from '../domain/data/recipe/recipeChoice';
import type { RecipeSpec } from '../domain/data/recipe/recipeSpec';
import type { RecipeParams } from '../domain/data/recipeManifest';
import { championOf, type Choice } from '../domain/modelling/champion';
import type { Engine, Plan } from '../domain/modelling/learner';
import { describedLearner } from '../domain/modelling/learners/registry';
import type { ModelBody } from '../domain/modelling/modelManifest';
import { completePlan } from '../domain/modelling/plan';
import type { ScoresBody } from '../domain/modelling/scoresManifest';
import type { Task } from '../domain/modelling/task';
import type { ComparisonBody, EvaluateParams, ReportBody } from '../domain/modelling/report';
import type { Artifact } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import { askedOf, nextNumber, runNamed, type ProjectState, type Run, type RunId } from '../domain/pipeline/project';
import { asValue, Refusal } from '../domain/refusal';
import { Problem } from './problem';

/** Below this many rows for training and validation together, validation figures come from cross-validation. */
export const smallTable = 2_000;
const folds = 5;

export interface TrainingChoice {
  readonly learner: string;
  readonly hyperparameters: Plan['hyperparameters'];
  readonly seed: number;
  readonly engine: Engine;
  readonly balanced: boolean;
  /** A whole recipe; without it the beginner's, varied by `preparation`. */
  readonly recipe?: RecipeSpec;
  readonly preparation?: RecipeChoice;
  readonly progress?: (report: StepProgress) => void;
}

/** @throws Problem when a hyper-parameter does not fit */
export function planOf(choice: Pick<TrainingChoice, 'learner' | 'hyperparameters' | 'seed' | 'engine'>): Plan {
  const described = describedLearner(choice.learner);
  if (described === undefined) throw new Problem({ code: 'unknownLearner', details: { learner: choice.learner } });
  try {
    // A learner that knows one engine only runs there, whatever the others run on.
    const engine = described.engines.includes(choice.engine) ? choice.engine : described.engines[0]!;
    return completePlan(described.name, choice.hyperparameters, choice.seed, engine, described.hyperparameters, described.check);
  } catch (error) {
    if (error instanceof Refusal) throw new Problem(asValue(error));
    throw error;
  }
}

export async function currentRecipe(project: OpenProject, split: Hash, { recipe, preparation }: Pick<TrainingChoice, 'recipe' | 'preparation'>): Promise<Asked> {
  const { state } = project;
  const { target, time, exclude } = state.question;
  // A column that orders rows in time would let the model learn the date of the split.
  const left = [...new Set([...exclude, ...(time === null ? [] : [time])])];
  const params: RecipeParams = { target: target!, exclude: left, spec: recipe ?? null, choice: recipe === undefined ? (preparation ?? null) : null };
  return project.ask({ op: 'recipe', params: params as unknown as Json, inputs: { table: demandVersion(state).table, split } });
}

/** Whether a task has a decision threshold: only two classes have. */
const hasThreshold = (task: Task): boolean => task.kind === 'classification' && task.positive !== null;

/**
 * What a report depends on. The reason of a criterion is a message and stays out of the key: rewording it is no new look. So does the
 * threshold where there is none to choose.
 */
const evaluateParams = (state: ProjectState, task: Task): EvaluateParams => ({
  threshold: hasThreshold(task) ? state.threshold : null,
  criteria: state.criteria.map((criterion) => ({ ...criterion, why: '' })),
  seed: 1,
});

/** The report on scores. The threshold and criteria in force are among its parameters, so that changing either makes a new report. */
export async function reportOn(project: OpenProject, scores: Hash, table: Hash, subject = '', criteria = project.state.criteria): Promise<Asked> {
  const { task } = (await project.artifact<ScoresBody>(scores)).body;
  return project.ask({ op: 'evaluate', params: evaluateParams({ ...project.state, criteria }, task) as unknown as Json, inputs: { scores, table } }, { subject });
}

/** Trains one learner on the version in hand, scores it on validation rows (or out of fold), and keeps the run. */
export async function trainRun(project: OpenProject, choice: TrainingChoice): Promise<Run> {
  const plan = planOf(choice);
  const split = await currentSplit(project);
  const version = demandVersion(project.state);
  const recipe = await currentRecipe(project, split.id, choice);
  const inputs = { table: version.table, split: split.id, recipe: recipe.record.output };
  const trained = await project.ask(
    { op: 'train', params: { plan, balanced: choice.balanced } as unknown as Json, inputs },
    { subject: plan.learner, ...(choice.progress ? { progress: choice.progress } : {}) },
  );
  const model = await project.artifact<ModelBody>(trained.record.output);
  const kept = model.body.plan;
  const crossValidated = split.body.counts.train + split.body.counts.validation < smallTable;
  const scored = crossValidated
    ? await project.ask({ op: 'crossValidate', params: { plan: kept, balanced: choice.balanced, folds } as unknown as Json, inputs }, { subject: plan.learner })
    : await project.ask({ op: 'score', params: { part: 'validation' }, inputs: { model: model.id, ...inputs } }, { subject: plan.learner });
  const report = await reportOn(project, scored.record.output, version.table, plan.learner);
  const same = project.state.runs.find(
    (run) => run.model === model.id && run.scores === scored.record.output && run.recipe === recipe.record.output && run.table === version.table && run.split === split.id && run.asked === askedOf(project.state),
  );
  if (same !== undefined) {
    if (same.report === report.record.output) return same;
    const renewed = { ...same, report: report.record.output };
    await project.amend('runKept', { run: same.id, learner: plan.learner }, (state) => ({ ...state, runs: state.runs.map((run) => (run.id === same.id ? renewed : run)) }));
    return renewed;
  }
  let run: Run | undefined;
  const backend = typeof trained.measured.backend === 'string' ? trained.measured.backend : backendKnown(project, trained.record.key);
  await project.move('runKept', { learner: plan.learner, task: model.body.task.kind, model: model.id, stopped: trained.stopped }, (state) => {
    const number = nextNumber(project.events, state, 'runs');
    run = {
      id: `run:${number}`,
      number,
      plan: kept,
      version: version.number,
      table: version.table,
      split: split.id,
      recipe: recipe.record.output,
      model: model.id,
      backend,
      scores: scored.record.output,
      report: report.record.output,
      test: null,
      crossValidated,
      asked: askedOf(state),
      preparation: choice.recipe === undefined ? (choice.preparation ?? null) : null,
    };
    return { ...state, runs: [...state.runs, run] };
  });
  return run!;
}

/** The backend that a cached training ran on, from the log. */
function backendKnown(project: OpenProject, key: Hash): string {
  const event = project.events.findLast((kept) => kept.kind === 'step' && kept.detail.key === key);
  const measured = event?.detail.measured as { readonly backend?: Json } | undefined;
  return typeof measured?.backend === 'string' ? measured.backend : '';
}

/** Reports of the runs on validation rows, under the threshold and criteria in force. */
export async function validationReports(project: OpenProject, runs: readonly Run[]): Promise<Map<RunId, Artifact<ReportBody>>> {
  const reports = new Map<RunId, Artifact<ReportBody>>();
  for (const run of runs) {
    const asked = await reportOn(project, run.scores, run.table, run.plan.learner);
    reports.set(run.id, await project.artifact<ReportBody>(asked.record.output));
  }
  return reports;
}

/** Which run should be champion, by validation alone. */
export async function championAmong(project: OpenProject, runs: readonly Run[]): Promise<Choice<RunId> | undefined> {
  const reports = await validationReports(project, runs);
  return championOf(
    runs.map((run) => ({ id: run.id, learner: run.plan.learner, report: reports.get(run.id)!.body })),
    project.state.gate,
  );
}

/**
 * Opens the sealed test rows for a run: scores and reports on them. Each report that had to be computed is a look, and is counted;
 * one that is read again is not.
 */
export async function testReport(project: OpenProject, run: Run): Promise<Artifact<ReportBody>> {
  const scored = await project.ask({ op: 'score', params: { part: 'test' }, inputs: { model: run.model, table: run.table, split: run.split, recipe: run.recipe } }, { subject: run.plan.learner });
  const asked = await reportOn(project, scored.record.output, run.table, run.plan.learner);
  const report = await project.artifact<ReportBody>(asked.record.output);
  const known = project.events.some((event) => event.kind === 'testOpened' && event.detail.report === report.id);
  if (!known) await project.remark('testOpened', { run: run.id, report: report.id, n: report.body.n });
  if (runNamed(project.state, run.id)?.test !== report.id) {
    await project.amend('runKept', { run: run.id, test: report.id }, (state) => ({ ...state, runs: state.runs.map((one) => (one.id === run.id ? { ...one, test: report.id } : one)) }));
  }
  return report;
}

/** How often the test rows were looked at. */
export const looks = (project: OpenProject): number => project.events.filter((event) => event.kind === 'testOpened').length;

/** The paired difference of a metric between two runs on the same rows: candidate less baseline. */
export async function comparison(project: OpenProject, candidate: Run, baseline: Run, metric: string): Promise<ComparisonBody> {
  const asked = await project.ask({
    op: 'compare',
    params: { metric, threshold: project.state.threshold, seed: 1 },
    inputs: { candidate: candidate.scores, baseline: baseline.scores, table: candidate.table },
  });
  return (await project.artifact<ComparisonBody>(asked.record.output)).body;
}

/** Moves the decision threshold. Every run's validation report follows, so that no figure stands beside one of another threshold. */
export async function chooseThreshold(project: OpenProject, threshold: number): Promise<void> {
  await project.move('thresholdChanged', { threshold }, (state) => ({ ...state, threshold }));
  for (const run of project.state.runs) {
    const { record } = await reportOn(project, run.scores, run.table, run.plan.learner);
    await project.amend('runKept', { run: run.id, learner: run.plan.learner, report: record.output }, (state) =>
      state.threshold === threshold && state.runs.some((one) => one.id === run.id && one.report !== record.output)
        ? { ...state, runs: state.runs.map((one) => (one.id === run.id ? { ...one, report: record.output } : one)) }
        : state,
    );
  }
}

/** Takes a run off the list. @throws Problem runRegistered while a model version stands on it */
export async function removeRun(project: OpenProject, id: RunId): Promise<void> {
  const model = project.state.models.find((version) => version.run === id);
  if (model !== undefined) throw new Problem({ code: 'runRegistered', details: { run: id.slice('run:'.length), model: model.number } });
  await project.move('runRemoved', { run: id }, (state) => ({ ...state, runs: state.runs.filter((run) => run.id !== id) }));
}

