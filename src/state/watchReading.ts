/** @file A watched batch read again: its drift, how its labelled rows fared, the alerts under the criteria in force. The project does not move. */

import { gateOn } from './deployment';
import { validationReport } from './modelling';
import { alertsOfWatch, batchReport } from './monitoring';
import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import type { GateResult } from '../domain/modelling/gate';
import type { ReportBody } from '../domain/modelling/report';
import type { Task } from '../domain/modelling/task';
import type { ModelBody } from '../domain/modelling/modelManifest';
import type { Alert } from '../domain/monitoring/alert';
import type { WatchBody } from '../domain/monitoring/watchReport';
import { modelNumbered, runNamed, type ProjectEvent, type Run, type Watch } from '../domain/pipeline/project';

export interface WatchReading {
  readonly watch: Watch;
  readonly body: WatchBody;
  readonly run: Run | null;
  readonly task: Task | null;
  /** What the model did on validation rows. */
  readonly validation: ReportBody | null;
  /** What it did on this batch; null without labels, and while this tab only follows and nobody has computed it. */
  readonly performance: ReportBody | null;
  readonly judged: readonly GateResult[];
  /** Gravest first. */
  readonly alerts: readonly Alert[];
}

export async function readWatch(project: OpenProject, watch: Watch): Promise<WatchReading> {
  const { body } = await project.artifact<WatchBody>(watch.drift);
  const model = modelNumbered(project.state, watch.model);
  const run = (model && runNamed(project.state, model.run)) ?? null;
  const validation = run && (await validationReport(project, run)).report.body;
  const task = run && (await project.artifact<ModelBody>(run.model)).body.task;
  const performance = run && body.labelled ? await performanceOn(project, run, watch) : null;
  return {
    watch,
    body,
    run,
    task,
    validation,
    performance,
    judged: performance === null ? [] : gateOn(performance, project.state, null),
    alerts: alertsOfWatch(project, body, performance),
  };
}

async function performanceOn(project: OpenProject, run: Run, watch: Watch): Promise<ReportBody | null> {
  try {
    const scored = await project.ask(
      { op: 'score', params: { part: 'all' }, inputs: { model: run.model, recipe: run.recipe, table: watch.batch, split: run.split } },
      { subject: watch.name },
    );
    const report = await batchReport(project, scored.record.output, watch.batch, watch.name);
    return (await project.artifact<ReportBody>(report.record.output)).body;
  } catch (error) {
    if (error instanceof Problem && error.refusal.code === 'storageFenced') return null;
    throw error;
  }
}

/** Why and when the alerts of a batch were settled; undefined while they are open. */
export function settlementOf(events: readonly ProjectEvent[], watch: Watch): { readonly at: number; readonly why: string } | undefined {
  const event = events.findLast((one) => one.kind === 'alertSettled' && one.detail.drift === watch.drift);
  return event && { at: event.at, why: typeof event.detail.why === 'string' ? event.detail.why : '' };
}

/** When a batch was watched. */
export const watchedAt = (events: readonly ProjectEvent[], watch: Watch): number | undefined =>
  events.find((one) => one.kind === 'batchWatched' && one.detail.drift === watch.drift)?.at;
