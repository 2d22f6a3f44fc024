/** @file What can be done in the monitoring stage: watch a batch, read its alerts, and lead it back to the data. */

import { demandRun } from './deployment';
import { gateOn } from './deployment';
import { makeVersion } from './data';
import { reportOn } from './modelling';
import { readLike } from './versions';
import type { Asked, OpenProject } from './project.svelte';
import { Problem } from './problem';
import type { Json } from '../domain/canonical';
import type { ImportOptions } from '../domain/data/import/importer';
import type { TableBody } from '../domain/data/tableManifest';
import type { ReportBody } from '../domain/modelling/report';
import { alertsOf, type Alert } from '../domain/monitoring/alert';
import type { DriftParams, WatchBody } from '../domain/monitoring/watchReport';
import type { Hash } from '../domain/pipeline/digest';
import { modelNumbered, nextNumber, versionInHand, type ModelVersion, type Question, type Run, type Watch } from '../domain/pipeline/project';
import { sliceable } from '../domain/scoping/sliceable';

export interface Watched {
  readonly watch: Watch;
  readonly body: WatchBody;
  /** Realised performance, when the batch has labels. */
  readonly performance: ReportBody | null;
  readonly alerts: readonly Alert[];
  readonly asked: readonly Asked[];
}

/** Which model watches: the one given, else the champion. */
function watchingRun(project: OpenProject, model: ModelVersion | undefined): { run: Run; model: ModelVersion } | undefined {
  const version = model ?? modelNumbered(project.state, project.state.champion);
  return version && { run: demandRun(project.state, version), model: version };
}

/** Scores of every row of a batch by a run's model. The split says which rows belong together. */
const batchScores = (project: OpenProject, run: Run, batch: Hash): Promise<Asked> =>
  project.ask({ op: 'score', params: { part: 'all' }, inputs: { model: run.model, recipe: run.recipe, table: batch, split: run.split } }, { subject: run.plan.learner });

/** How the model did on a labelled batch. Criteria on slices of columns that the batch lacks are not computed; the gate fails them for that. */
export async function batchReport(project: OpenProject, scores: Hash, batch: Hash, name: string): Promise<Asked> {
  const { columns } = (await project.artifact<TableBody>(batch)).body;
  return reportOn(project, scores, batch, name, sliceable(project.state.criteria, columns));
}

/** Columns that are not compared: those left out of models, and the one that names groups, of which every batch brings new ones. */
const watchedWithout = ({ exclude, group }: Question): readonly string[] => (group === null || exclude.includes(group) ? exclude : [...exclude, group]);

/** Compares a batch that was read already with the data its model learnt from. */
export async function watchTable(project: OpenProject, batch: Hash, name: string, model?: ModelVersion): Promise<Watched> {
  const { state } = project;
  const watching = watchingRun(project, model);
  const reference = watching ? { table: watching.run.table, split: watching.run.split } : { table: versionInHand(state)?.table, split: state.split };
  if (!reference.table || !reference.split) throw new Problem({ code: 'noReference', details: {} });
  const asked: Asked[] = [];
  let scores: Asked | undefined;
  if (watching) asked.push((scores = await batchScores(project, watching.run, batch)));
  const params: DriftParams = { seed: 1, target: state.question.target, exclude: watchedWithout(state.question), threshold: state.threshold };
  const compared = await project.ask(
    {
      op: 'drift',
      params: params as unknown as Json,
      inputs: {
        reference: reference.table,
        split: reference.split,
        batch,
        ...(watching && scores ? { referenceScores: watching.run.scores, batchScores: scores.record.output } : {}),
      },
    },
    { subject: name },
  );
  asked.push(compared);
  const { body } = await project.artifact<WatchBody>(compared.record.output);
  let performance: ReportBody | null = null;
  if (watching && scores && body.labelled) {
    const report = await batchReport(project, scores.record.output, batch, name);
    asked.push(report);
    performance = (await project.artifact<ReportBody>(report.record.output)).body;
  }
  const known = state.watches.find((watch) => watch.drift === compared.record.output);
  const watch: Watch = known ?? {
    number: nextNumber(project.events, state, 'watches'),
    name,
    batch,
    rows: body.rows,
    drift: compared.record.output,
    model: watching?.model.number ?? null,
  };
  const alerts = alertsOfWatch(project, body, performance);
  const serious = alerts.filter((alert) => alert.severity !== 'notice').length;
  if (known === undefined) await project.move('batchWatched', { name, batch, drift: watch.drift, alerts: serious }, (now) => ({ ...now, watches: [...now.watches, watch] }));
  return { watch, body, performance, alerts, asked };
}

/** The alerts of a watched batch, under the criteria in force. */
export function alertsOfWatch(project: OpenProject, body: WatchBody, performance: ReportBody | null): Alert[] {
  const judged = performance === null ? [] : gateOn(performance, project.state, null);
  return alertsOf(
    body.columns,
    judged.map(({ criterion, verdict, value, low, high, n }) => ({ criterion, verdict: verdict === 'holds' ? 'met' : verdict === 'fails' ? 'missed' : 'undecided', value, low, high, n })),
    body.schema,
  );
}

/**
 * Reads a batch file as the data was read, and watches it.
 * @param chosen what the user decided about the text of this file: it comes before everything
 */
export async function watchFile(
  project: OpenProject,
  file: Blob,
  name: string,
  detected: ImportOptions,
  model?: ModelVersion,
  chosen: Partial<ImportOptions> = {},
): Promise<Watched & { readonly read: Asked }> {
  const watching = watchingRun(project, model);
  const table = watching?.run.table ?? versionInHand(project.state)?.table;
  if (table === undefined) throw new Problem({ code: 'noData', details: {} });
  const { read, table: batch } = await readLike(project, table, file, name, detected, chosen);
  return { ...(await watchTable(project, batch.id, name, model)), read };
}

/** Adds a watched batch to the data: a new version, which makes what was learnt from the version before out of date. */
export const addToData = (project: OpenProject, watch: Watch): Promise<Asked> => makeVersion(project, 'append', { target: project.state.question.target }, { batch: watch.batch }, watch.name);

/** Alerts of the latest batch that nobody has settled: warnings and worse. */
export function openAlerts(project: OpenProject): number {
  const last = project.state.watches.at(-1);
  if (last === undefined) return 0;
  const event = project.events.findLast((one) => one.kind === 'batchWatched' && one.detail.drift === last.drift);
  const settled = project.events.some((one) => one.kind === 'alertSettled' && one.detail.drift === last.drift);
  return settled || typeof event?.detail.alerts !== 'number' ? 0 : event.detail.alerts;
}

/** Settles the alerts of a batch, with the reason. */
export const settleAlerts = (project: OpenProject, watch: Watch, why: string): Promise<void> => project.remark('alertSettled', { drift: watch.drift, why });
