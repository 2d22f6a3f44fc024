/** @file What can be done in the deployment stage: gate, register, move aliases, package, answer requests, measure. */

import { Server } from '../jobs/serving';
import type { ServiceMeasurement } from '../../workers/serving/api';
import { importOptionsOf } from './lineage';
import { testReport } from './modelling';
import type { Asked, OpenProject } from './project.svelte';
import { Problem } from './problem';
import { latestService, timedOf } from './serviceMeasurements';
import type { NamedEstimate } from '../domain/modelling/estimates';
import type { Json } from '../domain/canonical';
import { gateResult, type GateResult } from '../domain/modelling/gate';
import type { ReportBody } from '../domain/modelling/report';
import { hasThreshold } from '../domain/modelling/task';
import type { PackageBody } from '../domain/deployment/packageManifest';
import type { ModelBody } from '../domain/modelling/modelManifest';
import type { Artifact } from '../domain/pipeline/artifact';
import { emptyState, modelNumbered, nextNumber, runNamed, type ModelVersion, type ProjectState, type Run } from '../domain/pipeline/project';
import type { Criterion, GateRule } from '../domain/scoping/criterion';
import { printCriterion } from '../domain/scoping/criterionGrammar';
import { aboutAnswers, isAboutService } from '../domain/scoping/criterionMetrics';

/**
 * The criteria judged on a report, under the rule in force. A criterion that the report was not asked about fails.
 * @param service how the model was timed on this device: criteria about service are judged on that. Null: they are not asked here, and left out.
 */
export function gateOn(report: ReportBody, state: Pick<ProjectState, 'criteria' | 'gate'>, service: readonly NamedEstimate[] | null): GateResult[] {
  return (service === null ? aboutAnswers(state.criteria) : state.criteria).map((criterion) => {
    if (isAboutService(criterion)) return serviceResult(criterion, state.gate, service!);
    const asked = printCriterion(criterion);
    return gateResult(criterion, state.gate, report.criteria.find((one) => printCriterion(one.criterion) === asked)?.estimate);
  });
}

/** The criteria about service, judged on one timing. */
export const serviceGate = (state: Pick<ProjectState, 'criteria' | 'gate'>, service: readonly NamedEstimate[]): GateResult[] =>
  state.criteria.filter(isAboutService).map((criterion) => serviceResult(criterion, state.gate, service));

const serviceResult = (criterion: Criterion, rule: GateRule, service: readonly NamedEstimate[]): GateResult =>
  gateResult(criterion, rule, service.find(({ name }) => name === criterion.metric)?.estimate);

/** The gate reads the test rows once, after the choice was made on validation rows. Where a criterion is about service, the model is timed here if it never was. */
export async function gateFor(project: OpenProject, run: Run): Promise<{ report: Artifact<ReportBody>; results: GateResult[] }> {
  const report = await testReport(project, run);
  if (project.state.criteria.some(isAboutService) && timedOf(project.events, run).length === 0) await measuredIfPossible(project, run);
  return { report, results: gateOn(report.body, project.state, latestService(project.events, run)) };
}

/** Times a run's model, unless the rows that would be asked were deleted for good: its criteria about service then stay open, and do not pass. */
async function measuredIfPossible(project: OpenProject, run: Run): Promise<void> {
  try {
    await measureService(project, run);
  } catch (error) {
    if (!(error instanceof Problem) || error.refusal.code !== 'removedForGood') throw error;
  }
}

/**
 * Registers a run's model as an immutable version. The gate's results go into the log with it.
 * @param waiver why it is registered although the gate is not passed; refused when empty and a criterion fails
 */
export async function registerRun(project: OpenProject, run: Run, results: readonly GateResult[], waiver = ''): Promise<ModelVersion> {
  const failed = results.filter((result) => !result.passed);
  if (failed.length > 0 && waiver.trim() === '') throw new Problem({ code: 'gateNotPassed', details: { failed: failed.length, of: results.length } });
  const known = project.state.models.find((model) => model.model === run.model && model.run === run.id);
  if (known !== undefined) return known;
  let version: ModelVersion | undefined;
  await project.move('registered', { run: run.id, model: run.model, waiver, gate: results.map((result) => ({ criterion: printCriterion(result.criterion), passed: result.passed, value: result.value })) }, (state) => {
    version = { number: nextNumber(project.events, state, 'models'), run: run.id, model: run.model, package: null };
    return { ...state, models: [...state.models, version] };
  });
  return version!;
}

/** Moves an alias, with the reason. */
export const moveAlias = (project: OpenProject, alias: 'champion' | 'challenger', number: number | null, why: string): Promise<void> =>
  project.move('aliasMoved', { alias, from: project.state[alias], to: number, why }, (state) => (state[alias] === number ? state : { ...state, [alias]: number }));

/** The files of a model version, verified by running them. Made once. */
export async function packageOf(project: OpenProject, version: ModelVersion): Promise<{ asked: Asked; body: PackageBody; artifact: Artifact<PackageBody> }> {
  const run = demandRun(project.state, version);
  const asked = await project.ask(
    { op: 'package', params: { threshold: await packagedThreshold(project, run), parsing: (await importOptionsOf(project, run.table)) as unknown as Json }, inputs: { model: run.model, recipe: run.recipe, table: run.table, split: run.split } },
    { subject: `model ${version.number}` },
  );
  const artifact = await project.artifact<PackageBody>(asked.record.output);
  if (modelNumbered(project.state, version.number)?.package !== artifact.id) {
    await project.amend('packaged', { model: version.number, package: artifact.id }, (state) => ({
      ...state,
      models: state.models.map((model) => (model.number === version.number ? { ...model, package: artifact.id } : model)),
    }));
  }
  return { asked, body: artifact.body, artifact };
}

/** The threshold that goes into the files; for models that have none, always the same, so that moving it changes nothing. */
async function packagedThreshold(project: OpenProject, run: Run): Promise<number> {
  const { task } = (await project.artifact<ModelBody>(run.model)).body;
  return hasThreshold(task) ? project.state.threshold : emptyState.threshold;
}

export function demandRun(state: ProjectState, version: ModelVersion): Run {
  const run = runNamed(state, version.run);
  // The model is what was registered; a run of that name with another one is not its run.
  if (run === undefined || run.model !== version.model) throw new Problem({ code: 'runGone', details: { run: version.run } });
  return run;
}

/** A warm worker that answers with this model version. The caller ends it. */
export const serve = (project: OpenProject, version: ModelVersion): Promise<Server> => serveRun(project, demandRun(project.state, version));

function serveRun(project: OpenProject, run: Run): Promise<Server> {
  return Server.start({ database: project.database.name, model: run.model, recipe: run.recipe, threshold: project.state.threshold });
}

/** Timings of single requests: as many as the 99th of 100 needs for an interval (368), and some more. */
const timedRequests = 500;

/** Latency and throughput of a run's model on this device, noted in the log as a measurement. */
export async function measureService(project: OpenProject, run: Run): Promise<ServiceMeasurement> {
  // Its rows are the requests: where they were deleted, that is told before a worker fails on it.
  await project.artifact(run.table);
  const server = await serveRun(project, run);
  try {
    const measured = await server.measure(project.database.name, run.table, timedRequests);
    const model = project.state.models.find((one) => one.run === run.id && one.model === run.model)?.number ?? null;
    await project.remark('latency', { run: run.id, model, ...measured } as unknown as Record<string, Json>);
    return measured;
  } finally {
    server.end();
  }
}
