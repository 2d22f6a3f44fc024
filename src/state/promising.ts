/** @file Criteria written, changed and taken back; on how many rows each will be judged; what the app would propose. */

import { validationReport } from './modelling';
import { looks } from './modelling';
import { runBookOf } from './runBook.svelte';
import type { OpenProject } from './project.svelte';
import { choiceOf } from './rowChoice';
import { countOf } from './rows';
import type { SplitBody } from '../domain/data/splitManifest';
import type { ReportBody } from '../domain/modelling/report';
import { versionInHand } from '../domain/pipeline/project';
import type { Criterion, GateRule } from '../domain/scoping/criterion';
import { printCriterion } from '../domain/scoping/criterionGrammar';

/** Replaces the criteria. One that stands twice is kept once. */
export async function promise(project: OpenProject, criteria: readonly Criterion[]): Promise<void> {
  const once = [...new Map(criteria.map((criterion) => [printCriterion(criterion), criterion])).values()];
  await project.move('criteriaChanged', { criteria: once.map(printCriterion), looks: looks(project) }, (state) => ({ ...state, criteria: once }));
}

export const chooseGate = (project: OpenProject, gate: GateRule): Promise<void> => project.move('criteriaChanged', { gate }, (state) => (state.gate === gate ? state : { ...state, gate }));

export interface JudgedOn {
  /** Test rows that the criterion is asked of. */
  readonly rows: number;
  /** Rows of the slice times the share of test rows, where the split is not dealt by rows alone or not made yet. */
  readonly about: boolean;
}

/**
 * How many test rows a criterion will be judged on: counted where it asks about every row of a split that is made, else from the slice's rows.
 * @returns undefined without data
 * @throws Problem sliceColumnUnknown {column}
 */
export async function judgedOn(project: OpenProject, criterion: Criterion): Promise<JudgedOn | undefined> {
  const { state } = project;
  const version = versionInHand(state);
  if (version === undefined) return undefined;
  const split = state.split === null ? null : (await project.artifact<SplitBody>(state.split)).body;
  if (criterion.slice.length === 0 && split !== null) return { rows: split.counts.test, about: false };
  const share = split === null ? state.splitChoice.shares[2] : split.counts.test / Math.max(1, version.rows);
  const rows = criterion.slice.length === 0 ? version.rows : await countOf(project, version.table, choiceOf(criterion.slice));
  return { rows: Math.round(rows * share), about: true };
}

/** The validation report of the latest baseline on the data in hand; undefined where there is none. */
export async function baselineReport(project: OpenProject): Promise<ReportBody | undefined> {
  const run = runBookOf(project).fresh.findLast((one) => one.plan.learner === 'baseline');
  return run && (await validationReport(project, run)).report.body;
}
