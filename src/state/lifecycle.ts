/**
 * @file The whole lifecycle in one go, without a view: the same functions that the buttons call, in the order a person would.
 * What it returns is the report of the headless command.
 */

import { currentSplit, importFile } from './data';
import { previewFile } from './preview';
import { gateFor, measureService, moveAlias, packageOf, registerRun } from './deployment';
import { championAmong, testReport, validationReports } from './modelling';
import { planOf, preparationOf, trainRun } from './training';
import { watchFile } from './monitoring';
import { exportedFiles } from './exporting';
import type { Asked, OpenProject } from './project.svelte';
import type { ChosenEngine } from './engine';
import type { Json } from '../domain/canonical';
import type { Reason } from '../domain/modelling/champion';
import type { Engine } from '../domain/modelling/learner';
import { usualLearners } from '../domain/modelling/learners/registry';
import { metricNamed } from '../domain/modelling/metrics/registry';
import type { NamedEstimate } from '../domain/modelling/estimates';
import type { ImportPreview, ImportProblem } from '../domain/data/import/importer';
import type { SplitBody } from '../domain/data/splitManifest';
import type { TableBody } from '../domain/data/tableManifest';
import type { ModelBody } from '../domain/modelling/modelManifest';
import type { ReportBody } from '../domain/modelling/report';
import { shapeOf, type Task } from '../domain/modelling/task';
import type { Hash } from '../domain/pipeline/digest';
import type { Run } from '../domain/pipeline/project';
import type { Criterion, GateRule } from '../domain/scoping/criterion';
import { parseCriterion, printCriterion, printSlice } from '../domain/scoping/criterionGrammar';
import { aboutAnswers, criterionMetrics } from '../domain/scoping/criterionMetrics';
import { asValue, Refusal, type RefusalValue } from '../domain/refusal';
import { Problem } from './problem';
import { valueIn } from './serviceMeasurements';

/** What the command asks for; see `npm run lifecycle`. */
export interface LifecycleRequest {
  readonly target: string;
  readonly task: 'classification' | 'regression' | null;
  readonly criteria: readonly string[];
  readonly gate: GateRule;
  readonly positive: string | null;
  readonly group: string | null;
  readonly exclude: readonly string[];
  /** What the recipe's settings are to be, by name; see `recipeSettings`. */
  readonly recipe: Readonly<Record<string, string>>;
  readonly engine: Engine | 'auto';
  /** Names of the learners that are trained; none means the usual ones. */
  readonly learners: readonly string[];
  /** Files of a model that hold training rows may be written, too. */
  readonly withRows?: boolean;
  readonly seed: number;
  readonly wantFiles: boolean;
}

export interface LifecycleFiles {
  readonly data: { readonly file: Blob; readonly name: string };
  readonly batch: { readonly file: Blob; readonly name: string } | null;
}

export interface LifecycleHooks {
  /** A line of progress, for a person. */
  tell(line: string): void;
  /** A file of the export. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Reasons as sentences. */
  reason(reason: Reason): string;
  /** What is wrong but does not stop the work, as a sentence. */
  problem(refusal: RefusalValue): string;
  /** What a first look at a file found, as a sentence. */
  found(problem: ImportProblem): string;
}

type NumberMap = { readonly [name: string]: { readonly value: number | null; readonly low: number | null; readonly high: number | null; readonly n: number; readonly method: string } };

const numbers = (estimates: readonly NamedEstimate[]): NumberMap =>
  Object.fromEntries(estimates.map(({ name, estimate: { value, low, high, n, method } }) => [name, { value, low, high, n, method }]));

/** Criteria from their text. @throws Problem with the position of what is wrong */
function criteriaOf(texts: readonly string[]): Criterion[] {
  try {
    return texts.map((text) => parseCriterion(text, criterionMetrics));
  } catch (error) {
    if (error instanceof Refusal) throw new Problem(asValue(error));
    throw error;
  }
}

/** @throws Problem for a column that is named in the request and not in the table: a slip would leave in what was to be left out */
function demandColumns({ columns }: TableBody, exclude: readonly string[], criteria: readonly Criterion[]): void {
  const names = new Set(columns.map((column) => column.name));
  for (const column of exclude) if (!names.has(column)) throw new Problem({ code: 'unknownColumn', details: { column } });
  for (const { column } of criteria.flatMap(({ slice }) => slice)) if (!names.has(column)) throw new Problem({ code: 'sliceColumnUnknown', details: { column } });
}

/** @throws Problem for a criterion whose metric has no value for such a task, before anything is trained for it */
function demandMetrics(task: Task, criteria: readonly Criterion[]): void {
  const shape = shapeOf(task);
  for (const { metric } of aboutAnswers(criteria)) if (!metricNamed(metric)?.shapes.includes(shape)) throw new Problem({ code: 'metricDoesNotFit', details: { metric, task: shape } });
}

async function lookedAt(project: OpenProject, file: Blob, name: string, hooks: LifecycleHooks): Promise<ImportPreview> {
  const preview = await previewFile(project, file, name, {});
  for (const problem of preview.problems) hooks.tell(`${name}: ${hooks.found(problem)}`);
  return preview;
}

/** Where the nets were trained, or the first run where there are none, and what was measured to choose. */
function deviceOf(runs: readonly Run[], engines: ReadonlyMap<string, ChosenEngine>): Json {
  const run = runs.find(({ plan }) => plan.learner === 'dense') ?? runs[0]!;
  const chosen = engines.get(run.plan.learner);
  return { engine: run.plan.engine, backend: run.backend, adapter: chosen?.adapter ?? null, probe: (chosen?.table ?? null) as unknown as Json };
}

/** Takes a table the whole way. @returns the report and whether a gate failed. @throws Problem for unusable input */
export async function lifecycle(project: OpenProject, given: LifecycleRequest, files: LifecycleFiles, hooks: LifecycleHooks): Promise<{ report: Json; gateFailed: boolean }> {
  const request = { ...given, learners: given.learners.length === 0 ? usualLearners : given.learners };
  const criteria = criteriaOf(request.criteria);
  // A bad seed or a bad setting is refused before anything moves.
  for (const learner of request.learners) preparationOf({ learner, preparation: request.recipe });
  for (const learner of request.learners) planOf({ learner, hyperparameters: {}, seed: request.seed, engine: 'native' });
  hooks.tell(`reading ${files.data.name}`);
  const preview = await lookedAt(project, files.data.file, files.data.name, hooks);
  const imported = await importFile(project, { ...files.data, options: preview.options, target: request.target, group: request.group }, files.data.name);
  const table = await project.artifact<TableBody>(imported.record.output);
  demandColumns(table.body, request.exclude, criteria);
  await project.move('questionChanged', { target: request.target }, (state) => ({
    ...state,
    question: { ...state.question, target: request.target, task: request.task, positive: request.positive, group: request.group, exclude: request.exclude },
    criteria,
    gate: request.gate,
    splitChoice: { ...state.splitChoice, seed: request.seed },
    // An earlier run in this profile may have split the same version for another seed, group, task or positive class.
    split: null,
  }));
  demandMetrics((await currentSplit(project)).body.task, criteria);
  const distinct = await distinctCounts(project, table.id);

  const engines = new Map<string, ChosenEngine>();
  const runs: { run: Run; asked: Asked | undefined }[] = [];
  const before = project.asked.length;
  for (const name of request.learners) hooks.tell(`training ${name}`);
  // Side by side, each in its own worker.
  const trained = await Promise.all(
    request.learners.map(async (name) => {
      const run = await trainRun(project, { learner: name, hyperparameters: {}, seed: request.seed, engine: request.engine, balanced: false, preparation: request.recipe, chosen: (engine) => void engines.set(name, engine), progress: ({ phase, done, of }) => of !== null && hooks.tell(`${name}: ${phase} ${done} of ${of}`) });
      hooks.tell(`${name} is trained`);
      return run;
    }),
  );
  for (const run of trained) runs.push({ run, asked: project.asked.slice(before).find((asked) => asked.record.output === run.model && asked.record.op === 'train') });

  const validation = await validationReports(project, trained);
  const choice = (await championAmong(project, trained))!;
  const championRun = trained.find((run) => run.id === choice.id)!;
  hooks.tell(`champion by validation: ${choice.learner}`);
  const { report, results } = await gateFor(project, championRun);
  const gateFailed = results.some((result) => !result.passed);
  for (const { criterion, reason } of results) if (reason === 'emptySlice') hooks.tell(hooks.problem({ code: 'sliceEmpty', details: { slice: printSlice(criterion.slice) } }));
  // The others are judged on the same test rows only after the choice, for the record.
  const tests = new Map<string, ReportBody>();
  for (const run of trained) tests.set(run.id, run.id === championRun.id ? report.body : (await testReport(project, run)).body);

  hooks.tell('packaging the model');
  const version = await registerRun(project, championRun, results, gateFailed ? 'registered by the headless command to be looked at; the gate was not passed' : '');
  if (!gateFailed) await moveAlias(project, 'champion', version.number, choice.reasons.map(hooks.reason).join(' '));
  const packaged = await packageOf(project, version);
  const service = await measureService(project, championRun);

  let drift: Json = null;
  if (files.batch !== null) {
    hooks.tell(`watching ${files.batch.name}`);
    const batchPreview = await lookedAt(project, files.batch.file, files.batch.name, hooks);
    const watched = await watchFile(project, files.batch.file, files.batch.name, batchPreview.options, version);
    drift = {
      columns: watched.body.columns.columns.map((column) => ({
        name: column.name,
        test: column.test,
        statistic: column.statistic,
        threshold: column.threshold,
        p: column.p,
        drifted: column.drifted,
        adjusted_p: column.adjustedP,
        distance: column.distance,
        distance_name: column.distanceName,
      })),
      drifted_share: watched.body.columns.driftedShare,
      rows: watched.body.rows,
      quarantined: (await project.artifact<TableBody>(watched.read.record.output)).body.quarantine.count,
      performance: watched.performance === null ? null : (numbers(watched.performance.metrics) as unknown as Json),
      alerts: watched.alerts as unknown as Json,
    };
  }
  if (request.wantFiles) {
    hooks.tell('writing the files');
    if (packaged.body.rowsInside !== undefined && !request.withRows) hooks.tell(hooks.problem({ code: 'exportHoldsRows', details: { rows: packaged.body.rowsInside } }));
    for await (const file of exportedFiles(project, version, request.withRows === true)) await hooks.write(file.path, file.bytes);
  }

  const split = await project.artifact<SplitBody>(championRun.split);
  const epochs = new Map<string, number>();
  for (const run of trained) epochs.set(run.id, (await project.artifact<ModelBody>(run.model)).body.curve.length);
  const onnx = packaged.body.files.find((file) => file.path === 'model.onnx');
  return {
    gateFailed,
    report: {
      app: { version: __APP_VERSION__, build: __BUILD_ID__ },
      device: deviceOf(trained, engines),
      data: {
        rows: table.body.rows,
        columns: table.body.columns.map(({ name, type, missing }, i) => ({ name, type, missing, distinct: distinct[i] ?? null })),
        quarantined: table.body.quarantine.count,
        version: table.id,
        seconds: imported.seconds,
        problems: preview.problems as unknown as Json,
      },
      split: { train: split.body.counts.train, validation: split.body.counts.validation, test: split.body.counts.test, left_out: split.body.counts.none, membership: split.body.membership },
      runs: runs.map(({ run, asked }) => ({
        learner: run.plan.learner,
        plan: run.plan as unknown as Json,
        engine: run.plan.engine,
        backend: run.backend,
        seconds: asked?.seconds ?? 0,
        epochs: epochs.get(run.id)!,
        cross_validated: run.crossValidated,
        validation: numbers(validation.get(run.id)!.body.metrics) as unknown as Json,
        metrics: numbers(tests.get(run.id)!.metrics) as unknown as Json,
      })),
      champion: { learner: choice.learner, reasons: choice.reasons.map(hooks.reason) },
      gate: results.map(({ criterion, value, low, high, n, passed, verdict, reason }) => ({ criterion: printCriterion(criterion), value, low, high, n, verdict, passed, reason })),
      model: {
        version: version.number,
        id: championRun.model,
        alias: gateFailed ? null : 'champion',
        bytes: onnx?.bytes ?? null,
        parity: packaged.body.parity === null ? null : { runtime: 'onnxruntime-web', rows: packaged.body.parity.rows, max_abs_diff: packaged.body.parity.maxAbsDiff, verdict: packaged.body.parity.verdict },
      },
      serving: {
        p50_ms: valueIn(service.estimates, 'latency_p50'),
        p95_ms: valueIn(service.estimates, 'latency_p95'),
        p99_ms: valueIn(service.estimates, 'latency_p99'),
        rows_per_second: valueIn(service.estimates, 'throughput'),
        intervals: numbers(service.estimates) as unknown as Json,
        n: service.n,
        requests_per_timing: service.together,
      },
      drift,
      steps: project.asked.map(({ record, cached, seconds }) => ({ op: record.op, key: record.key, inputs: record.inputs, output: record.output, cached, seconds })),
    },
  };
}

/** Distinct values of each column, from the profile. */
async function distinctCounts(project: OpenProject, table: Hash): Promise<(number | undefined)[]> {
  const { columns } = (await project.artifact<TableBody>(table)).body;
  const asked = await project.ask({ op: 'profile', params: { target: project.state.question.target, task: project.state.question.task, positive: project.state.question.positive }, inputs: { table } });
  const { profiles } = (await project.artifact<{ readonly profiles: readonly { readonly name: string; readonly distinct: number }[] }>(asked.record.output)).body;
  return columns.map((column) => profiles.find((profile) => profile.name === column.name)?.distinct);
}
