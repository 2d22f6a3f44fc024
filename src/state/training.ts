/** @file Training: what a choice comes to, its run's number, and the run that is kept. */

import { forgetBegun, noteBegun } from './begunTrainings';
import { engineFor, ownEngine, type ChosenEngine } from './engine';
import { noteTaken } from './rates';
import { currentSplit, demandVersion } from './data';
import { reportOn } from './modelling';
import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import { runNumbersOf } from './runNumbers';
import { Aborted } from '../jobs/remote';
import type { StepProgress } from '../../workers/steps/api';
import type { Json } from '../domain/canonical';
import { shortChoice, type RecipeChoice } from '../domain/data/recipe/recipeChoice';
import type { RecipeSpec } from '../domain/data/recipe/recipeSpec';
import type { RecipeBody, RecipeParams } from '../domain/data/recipeManifest';
import type { SplitBody } from '../domain/data/splitManifest';
import type { TrainingSize } from '../domain/modelling/cost';
import type { Engine, Plan } from '../domain/modelling/learner';
import { describedLearner } from '../domain/modelling/learners/registry';
import type { ModelBody } from '../domain/modelling/modelManifest';
import { completePlan, endedPlan } from '../domain/modelling/plan';
import type { Artifact } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import { askedOf, type DataVersion, type ProjectState, type Run } from '../domain/pipeline/project';
import { stepKey, type StepRequest } from '../domain/pipeline/step';
import { asValue, Refusal } from '../domain/refusal';
import { keptStep } from '../storage/artifacts';

/** Below this many rows for training and validation together, validation figures come from cross-validation. */
export const smallTable = 2_000;
const folds = 5;

export interface TrainingChoice {
  readonly learner: string;
  readonly hyperparameters: Plan['hyperparameters'];
  readonly seed: number;
  /** `auto`: the fastest on this device, measured where more than one has a chance. */
  readonly engine: Engine | 'auto';
  readonly balanced: boolean;
  /** A whole recipe; without it the beginner's, varied by `preparation`. */
  readonly recipe?: RecipeSpec;
  readonly preparation?: RecipeChoice;
  /** Called when the engine is chosen. */
  readonly chosen?: (engine: ChosenEngine) => void;
  /** Called when it is known which step is trained, before it is; and while it is. */
  readonly begun?: (key: Hash) => void;
  readonly progress?: (report: StepProgress) => void;
}

/** @throws Problem when a hyper-parameter does not fit */
export function planOf(choice: Pick<TrainingChoice, 'learner' | 'hyperparameters' | 'seed'> & { readonly engine: Engine }): Plan {
  const described = describedLearner(choice.learner);
  if (described === undefined) throw new Problem({ code: 'unknownLearner', details: { learner: choice.learner } });
  try {
    return completePlan(described.name, choice.hyperparameters, choice.seed, choice.engine, described.hyperparameters, described.check);
  } catch (error) {
    if (error instanceof Refusal) throw new Problem(asValue(error));
    throw error;
  }
}

/** How a learner's rows are prepared where nothing else is chosen. */
export const usualPreparation = (learner: string): RecipeChoice => describedLearner(learner)?.preparation ?? {};

/** What a recipe's choices come to: the learner's own, and over them what was chosen. @throws Problem when one of them does not fit */
export function preparationOf({ learner, preparation }: { readonly learner: string; readonly preparation?: RecipeChoice | undefined }): RecipeChoice | null {
  try {
    return shortChoice({ ...usualPreparation(learner), ...preparation });
  } catch (error) {
    if (error instanceof Refusal) throw new Problem(asValue(error));
    throw error;
  }
}

/** What a choice comes to on the version in hand. */
interface PreparedTraining {
  readonly plan: Plan;
  readonly chosen: ChosenEngine;
  readonly size: TrainingSize;
  readonly version: DataVersion;
  readonly split: Artifact<SplitBody>;
  readonly inputs: { readonly table: Hash; readonly split: Hash; readonly recipe: Hash };
  /** What the question asked when the training began: what is asked meanwhile makes its run out of date. */
  readonly asked: string;
  /** The training step that is asked for, and its key. */
  readonly request: StepRequest;
  readonly key: Hash;
}

async function preparedTraining(project: OpenProject, choice: TrainingChoice): Promise<PreparedTraining> {
  // A setting that does not fit is told before anything is computed; which engine it is stays open until the features are counted.
  const given = planOf({ ...choice, engine: ownEngine() });
  const split = await currentSplit(project);
  const { task, counts } = split.body;
  const { kind } = task;
  if (!describedLearner(given.learner)!.kinds.includes(kind)) throw new Problem({ code: 'learnerNotForTask', details: { learner: given.learner, task: kind } });
  const { state } = project;
  const version = demandVersion(state);
  const { target, time, exclude } = state.question;
  // A column that orders rows in time would let the model learn the date of the split.
  const left = [...new Set([...exclude, ...(time === null ? [] : [time])])];
  const params: RecipeParams = { target: target!, exclude: left, spec: choice.recipe ?? null, choice: choice.recipe === undefined ? preparationOf(choice) : null };
  const fitted = await project.ask({ op: 'recipe', params: params as unknown as Json, inputs: { table: version.table, split: split.id } });
  const { features } = (await project.artifact<RecipeBody>(fitted.record.output)).body.fitted;
  const size = { rows: counts.train, validationRows: counts.validation, features: features.length, classes: task.kind === 'regression' ? 0 : task.classes.length };
  const chosen = await engineFor(choice.engine, given, size, features.some(({ categories }) => categories !== undefined));
  choice.chosen?.(chosen);
  const plan = { ...given, engine: chosen.engine };
  const inputs = { table: version.table, split: split.id, recipe: fitted.record.output };
  const request: StepRequest = { op: 'train', params: { plan, balanced: choice.balanced } as unknown as Json, inputs };
  return { plan, chosen, size, version, split, inputs, asked: askedOf(state), request, key: await stepKey(request) };
}

/** Runs of a state that were trained on these inputs for this question. */
const runsOn = (state: ProjectState, { inputs, asked }: Pick<PreparedTraining, 'inputs' | 'asked'>): readonly Run[] =>
  state.runs.filter((run) => run.recipe === inputs.recipe && run.table === inputs.table && run.split === inputs.split && run.asked === asked);

/** Prepares a training and reserves a number for its run, unless what it comes to is a run already. */
async function begunTraining(project: OpenProject, choice: TrainingChoice): Promise<PreparedTraining> {
  const prepared = await preparedTraining(project, choice);
  const { key, version, chosen } = prepared;
  const trained = await keptStep(project.database, key);
  if (!runsOn(project.state, prepared).some((run) => run.model === trained?.output)) {
    const { progress: _progress, begun: _begun, chosen: _chosen, ...noted } = choice;
    // Gone on with, it runs where it began.
    noteBegun(project.id, { key, version: version.number, number: runNumbersOf(project).reserve(key), choice: { ...noted, engine: prepared.plan.engine } });
  }
  if (chosen.table?.some(({ msPerStep }) => msPerStep !== null)) {
    const table = chosen.table.map(({ engine, ok, reason, msPerStep }) => ({ engine, ok, reason, msPerStep }));
    await project.remark('probe', { learner: prepared.plan.learner, key, engine: chosen.engine, adapter: chosen.adapter, remembered: chosen.remembered ?? false, table });
  }
  choice.begun?.(key);
  return prepared;
}

/** Whether a training is over for good: thrown away, or impossible. One that broke off (a lost device, a full store, a dead worker) can go on. */
const isFinal = (error: unknown): boolean =>
  error instanceof Aborted || (error instanceof Problem && error.refusal.code !== 'deviceLost' && !error.refusal.code.startsWith('storage'));

/** Takes the offer to go on with a training back: nothing of it comes any more, and its run's number is free. */
export function dropBegun(project: OpenProject, key: Hash): void {
  forgetBegun(project.id, key);
  runNumbersOf(project).release(key);
}

/**
 * Trains one learner on the version in hand, scores it on validation rows (or out of fold), and keeps the run. Its number is that of its turn:
 * trainings that were asked for side by side number their runs alike wherever they end first.
 */
export async function trainRun(project: OpenProject, choice: TrainingChoice): Promise<Run> {
  const prepared = await runNumbersOf(project).inTurn(() => begunTraining(project, choice));
  try {
    const run = await keptRun(project, choice, prepared);
    dropBegun(project, prepared.key);
    return run;
  } catch (error) {
    if (isFinal(error)) dropBegun(project, prepared.key);
    throw error;
  }
}

async function keptRun(project: OpenProject, choice: TrainingChoice, { plan, size, version, split, inputs, asked, request, key }: PreparedTraining): Promise<Run> {
  const trained = await project.ask(request, { subject: plan.learner, ...(choice.progress ? { progress: choice.progress } : {}) });
  const model = await project.artifact<ModelBody>(trained.record.output);
  const kept = model.body.plan;
  // Cached, stopped or gone on with, it says nothing of how long the whole takes.
  if (typeof trained.measured.trainSeconds === 'number' && !trained.stopped && trained.measured.resumed !== true) noteTaken(plan.learner, plan.engine, describedLearner(plan.learner)!.cost((endedPlan(plan, model.body.curve) ?? plan).hyperparameters, size), trained.measured.trainSeconds);
  const crossValidated = split.body.counts.train + split.body.counts.validation < smallTable;
  const scored = crossValidated
    ? await project.ask({ op: 'crossValidate', params: { plan: kept, balanced: choice.balanced, folds } as unknown as Json, inputs }, { subject: plan.learner })
    : await project.ask({ op: 'score', params: { part: 'validation' }, inputs: { model: model.id, ...inputs } }, { subject: plan.learner });
  const scores = scored.record.output;
  const report = (await reportOn(project, scores, version.table, plan.learner)).record.output;
  const sameIn = (state: ProjectState): Run | undefined => runsOn(state, { inputs, asked }).find((run) => run.model === model.id && run.scores === scores);
  const same = sameIn(project.state);
  if (same !== undefined) {
    if (same.report === report) return same;
    const renewed = { ...same, report };
    await project.amend('runKept', { run: same.id, learner: plan.learner }, (state) => ({ ...state, runs: state.runs.map((run) => (run.id === same.id ? renewed : run)) }));
    return renewed;
  }
  let run: Run | undefined;
  const backend = typeof trained.measured.backend === 'string' ? trained.measured.backend : backendKnown(project, trained.record.key);
  await project.move('runKept', { learner: plan.learner, task: model.body.task.kind, model: model.id, stopped: trained.stopped }, (state) => {
    // Asked for twice at once, it was kept while this waited for its turn.
    if ((run = sameIn(state)) !== undefined) return state;
    const number = runNumbersOf(project).reserve(key);
    run = {
      id: `run:${number}`,
      number,
      plan: kept,
      version: version.number,
      ...inputs,
      model: model.id,
      backend,
      scores,
      report,
      test: null,
      crossValidated,
      asked,
      preparation: choice.recipe === undefined ? preparationOf(choice) : null,
    };
    return { ...state, runs: [...state.runs, run].sort((a, b) => a.number - b.number) };
  });
  return run!;
}

/** The backend that a cached training ran on, from the log. */
function backendKnown(project: OpenProject, key: Hash): string {
  const event = project.events.findLast((kept) => kept.kind === 'step' && kept.detail.key === key);
  const measured = event?.detail.measured as { readonly backend?: Json } | undefined;
  return typeof measured?.backend === 'string' ? measured.backend : '';
}
