/** @file What can be done in the modelling stage with runs: evaluate, compare, open the sealed test rows. Training is in `training`. */

import type { Asked, OpenProject } from './project.svelte';
import type { Json } from '../domain/canonical';
import { championOf, type Choice } from '../domain/modelling/champion';
import type { ScoresBody } from '../domain/modelling/scoresManifest';
import { hasThreshold, type Task } from '../domain/modelling/task';
import type { ComparisonBody, EvaluateParams, ReportBody } from '../domain/modelling/report';
import type { Artifact } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import { runNamed, type ProjectState, type Run, type RunId } from '../domain/pipeline/project';
import { printCriterion } from '../domain/scoping/criterionGrammar';
import type { RefusalValue } from '../domain/refusal';
import { Problem } from './problem';
import { aboutAnswers } from '../domain/scoping/criterionMetrics';

/**
 * What a report depends on. The reason of a criterion is a message and stays out of the key: rewording it is no new look. So does the
 * threshold where there is none to choose.
 */
const evaluateParams = (state: ProjectState, task: Task): EvaluateParams => ({
  threshold: hasThreshold(task) ? state.threshold : null,
  criteria: aboutAnswers(state.criteria).map((criterion) => ({ ...criterion, why: '' })),
  seed: 1,
});

/** The report on scores. The threshold and criteria in force are among its parameters, so that changing either makes a new report. */
export async function reportOn(project: OpenProject, scores: Hash, table: Hash, subject = '', criteria = project.state.criteria): Promise<Asked> {
  const { task } = (await project.artifact<ScoresBody>(scores)).body;
  return project.ask({ op: 'evaluate', params: evaluateParams({ ...project.state, criteria }, task) as unknown as Json, inputs: { scores, table } }, { subject });
}

/** Whether a report answers the threshold and criteria in force. */
export function isCurrentReport(report: Pick<ReportBody, 'threshold' | 'criteria'>, state: Pick<ProjectState, 'threshold' | 'criteria'>): boolean {
  const asked = aboutAnswers(state.criteria).map(printCriterion).join('\n');
  return (
    (report.threshold === null || report.threshold === state.threshold) &&
    report.criteria.map(({ criterion }) => printCriterion(criterion)).join('\n') === asked
  );
}

export interface ValidationReport {
  readonly report: Artifact<ReportBody>;
  /** Why there is no report under the threshold and criteria in force, so that this is the one kept with the run. */
  readonly problem: RefusalValue | null;
}

/**
 * The report of a run on validation rows under the threshold and criteria in force, made where it is not there yet. Where it cannot be
 * made (its rows were deleted, another tab writes), the one that was kept with the run, with the reason.
 */
export async function validationReport(project: OpenProject, run: Run): Promise<ValidationReport> {
  const kept = await project.artifact<ReportBody>(run.report);
  if (isCurrentReport(kept.body, project.state)) return { report: kept, problem: null };
  try {
    const asked = await reportOn(project, run.scores, run.table, run.plan.learner);
    return { report: await project.artifact<ReportBody>(asked.record.output), problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { report: kept, problem: error.refusal };
  }
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

/** Moves the decision threshold. Whoever shows a figure asks for the report under it: see `validationReport`. */
export const chooseThreshold = (project: OpenProject, threshold: number): Promise<void> =>
  project.move('thresholdChanged', { threshold }, (state) => ({ ...state, threshold }));

/** Takes a run off the list. @throws Problem runRegistered while a model version stands on it */
export async function removeRun(project: OpenProject, id: RunId): Promise<void> {
  const model = project.state.models.find((version) => version.run === id);
  if (model !== undefined) throw new Problem({ code: 'runRegistered', details: { run: id.slice('run:'.length), model: model.number } });
  await project.move('runRemoved', { run: id }, (state) => ({ ...state, runs: state.runs.filter((run) => run.id !== id) }));
}

