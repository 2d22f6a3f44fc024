/** @file The golden thread: each criterion through the five stages, read off the evidence that there is. Nothing is computed for it but reports on validation rows. */

import type { OpenProject } from './project.svelte';
import { latestService } from './serviceMeasurements';
import { runBookOf } from './runBook.svelte';
import { isModelStale, isRunStale, type StageMark } from './stageState';
import { readWatch } from './watchReading';
import { gateResult } from '../domain/modelling/gate';
import type { NamedEstimate } from '../domain/modelling/estimates';
import type { Estimate } from '../domain/modelling/metric';
import type { ReportBody } from '../domain/modelling/report';
import type { Task } from '../domain/modelling/task';
import type { Hash } from '../domain/pipeline/digest';
import { modelNumbered, runNamed, type ModelVersion, type ProjectState, type Run, type Watch } from '../domain/pipeline/project';
import type { Criterion, GateRule } from '../domain/scoping/criterion';
import { isAboutService } from '../domain/scoping/criterionMetrics';
import { printCriterion } from '../domain/scoping/criterionGrammar';

/** A report with what it is about: it may be out of date. */
export interface Judged {
  readonly report: Pick<ReportBody, 'criteria' | 'n'>;
  readonly stale: boolean;
}

export interface PromiseCell {
  readonly mark: StageMark;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number | null;
}

export interface PromiseRow {
  readonly criterion: Criterion;
  /** Whether there are rows enough: n of the validation figure. */
  readonly data: PromiseCell;
  readonly modelling: PromiseCell;
  readonly deployment: PromiseCell;
  readonly monitoring: PromiseCell;
}

export interface PromiseEvidence {
  readonly validation: Judged | null;
  /** The sealed test rows, where they were opened for the deployed run. */
  readonly test: Judged | null;
  /** The latest batch, where it has labels. */
  readonly batch: Judged | null;
  /** How the deployed run's model was timed on this device. */
  readonly service: readonly NamedEstimate[];
}

const nothing: PromiseCell = { mark: 'none', value: null, low: null, high: null, n: null };

const estimateIn = (judged: Judged, criterion: Criterion): Estimate | null | undefined =>
  judged.report.criteria.find((one) => printCriterion(one.criterion) === printCriterion(criterion))?.estimate;

function judgedCell(judged: Judged | null, criterion: Criterion, rule: GateRule): PromiseCell {
  const cell = judged === null ? nothing : cellOf(criterion, rule, estimateIn(judged, criterion) ?? undefined);
  return judged?.stale && cell !== nothing ? { ...cell, mark: 'stale' } : cell;
}

function cellOf(criterion: Criterion, rule: GateRule, estimate: Estimate | undefined): PromiseCell {
  if (estimate === undefined) return nothing;
  const { value, low, high, n, verdict } = gateResult(criterion, rule, estimate);
  return { mark: verdict === 'holds' ? 'evidence' : verdict === 'fails' ? 'failed' : 'open', value, low, high, n };
}

/** One criterion through the stages. Marks come from the interval, whatever the gate's rule; out of date comes before the verdict. */
export function promiseRow(criterion: Criterion, rule: GateRule, { validation, test, batch, service }: PromiseEvidence): PromiseRow {
  if (isAboutService(criterion))
    return { criterion, data: nothing, modelling: nothing, deployment: cellOf(criterion, rule, service.find(({ name }) => name === criterion.metric)?.estimate), monitoring: nothing };
  const modelling = judgedCell(validation, criterion, rule);
  const { n } = modelling;
  return {
    criterion,
    data: n === null ? nothing : { ...nothing, n, mark: n > 0 ? 'evidence' : 'failed' },
    modelling,
    deployment: judgedCell(test, criterion, rule),
    monitoring: judgedCell(batch, criterion, rule),
  };
}

/** The whole table, with what each column was read off. */
export interface Promises {
  readonly rows: readonly PromiseRow[];
  readonly task: Task | null;
  readonly run: Run | null;
  /** The validation report that the figures of the run are read off. */
  readonly report: Hash | null;
  readonly model: ModelVersion | null;
  readonly testOpened: boolean;
  readonly watch: Watch | null;
  readonly labelled: boolean;
}

/** The model whose word counts: the champion, else the latest registered. */
const deployed = (state: ProjectState): ModelVersion | null => modelNumbered(state, state.champion) ?? state.models.at(-1) ?? null;

/** Reads the promises. Test rows are never opened for it: where nobody looked, there is nothing yet. */
export async function readPromises(project: OpenProject): Promise<Promises> {
  const book = runBookOf(project);
  await book.read();
  const { state } = project;
  const model = deployed(state);
  const suggested = book.suggestion;
  const run = (suggested && runNamed(state, suggested.id)) ?? (model && runNamed(state, model.run)) ?? state.runs.at(-1) ?? null;
  const detail = run ? book.detail(run.id) : undefined;
  const deployedRun = (model && runNamed(state, model.run)) ?? null;
  const test = deployedRun?.test ? (await project.artifact<ReportBody>(deployedRun.test)).body : null;
  const watch = state.watches.at(-1) ?? null;
  const reading = watch && (await readWatch(project, watch));
  const evidence: PromiseEvidence = {
    validation: run && detail ? { report: detail.report.body, stale: isRunStale(project, run) } : null,
    test: test && model ? { report: test, stale: isModelStale(project, model) } : null,
    service: deployedRun ? latestService(project.events, deployedRun) : [],
    batch: reading?.performance ? { report: reading.performance, stale: false } : null,
  };
  return {
    rows: state.criteria.map((criterion) => promiseRow(criterion, state.gate, evidence)),
    task: detail?.report.body.task ?? reading?.task ?? null,
    run,
    report: detail?.report.id ?? null,
    model,
    testOpened: test !== null,
    watch,
    labelled: reading?.body.labelled ?? false,
  };
}
