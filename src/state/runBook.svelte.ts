/** @file What is known of each run: its report under the threshold and criteria in force, its model, and what the log says of its training. */

import { isCurrentReport, validationReport } from './modelling';
import { onePer } from './onePer';
import type { OpenProject } from './project.svelte';
import { rooted } from './rooted.svelte';
import { isRunStale } from './stageState';
import type { ProbeRow } from '../../workers/probing/api';
import { championOf, type Choice } from '../domain/modelling/champion';
import type { ModelBody } from '../domain/modelling/modelManifest';
import type { ReportBody } from '../domain/modelling/report';
import type { Artifact } from '../domain/pipeline/artifact';
import type { Run, RunId } from '../domain/pipeline/project';
import type { RefusalValue } from '../domain/refusal';
import { stepsMaking } from '../storage/artifacts';

export interface RunDetail {
  readonly run: Run;
  readonly report: Artifact<ReportBody>;
  /** Why the report could not be made anew for the threshold and criteria in force. */
  readonly problem: RefusalValue | null;
  readonly model: ModelBody;
  /** Whether every class weighed alike. */
  readonly balanced: boolean;
  /** Seconds of training, from the log; null when it was found and not done here. */
  readonly seconds: number | null;
  /** What engines took when one was chosen for it; null where none was measured. */
  readonly probe: readonly ProbeRow[] | null;
}

/** Runs that were judged on the same rows can be compared in pairs. */
export const sameRows = (one: Run, other: Run): boolean =>
  one.table === other.table && one.split === other.split && one.crossValidated === other.crossValidated;

/** Whether nothing of a run that is read here has moved: the record of a run is another object after every reading of the state. */
const sameEvidence = (one: Run, other: Run): boolean => one.scores === other.scores && one.report === other.report && one.test === other.test;

export class RunBook {
  readonly #project: OpenProject;
  #details = $state.raw<ReadonlyMap<RunId, RunDetail>>(new Map());
  #round = 0;

  constructor(project: OpenProject) {
    this.#project = project;
  }

  detail(id: RunId): RunDetail | undefined {
    return this.#details.get(id);
  }

  /** The latest baseline on the same rows. */
  baseline(run: Run): RunDetail | undefined {
    const found = this.#project.state.runs.findLast((other) => other.plan.learner === 'baseline' && sameRows(other, run));
    return found && this.detail(found.id);
  }

  /** Runs on the data and split in hand, oldest first. */
  get fresh(): readonly Run[] {
    return this.#project.state.runs.filter((run) => !isRunStale(this.#project, run));
  }

  /** Which fresh run should be champion by validation rows alone; undefined while reports are missing. */
  get suggestion(): Choice<RunId> | undefined {
    const details = this.fresh.map((run) => this.detail(run.id));
    if (details.some((detail) => detail === undefined)) return undefined;
    return championOf(
      (details as RunDetail[]).map(({ run, report }) => ({ id: run.id, learner: run.plan.learner, report: report.body })),
      this.#project.state.gate,
    );
  }

  /** Whether the report of a run answers the threshold and criteria in force. */
  isCurrent(detail: RunDetail): boolean {
    return isCurrentReport(detail.report.body, this.#project.state);
  }

  /**
   * Reads what is kept at once, then makes anew the reports that answer an earlier threshold or earlier criteria.
   * @param first the run on screen, which is not kept waiting; then the latest
   */
  async read(first: RunId | null = null): Promise<void> {
    const round = ++this.#round;
    const inOrder = (runs: readonly Run[]): readonly Run[] => [...runs].sort((a, b) => Number(b.id === first) - Number(a.id === first) || b.number - a.number);
    const unread = this.#project.state.runs.filter((one) => !this.#details.has(one.id));
    for (const together of [unread.filter((one) => one.id === first), unread.filter((one) => one.id !== first)]) {
      const details = await Promise.all(together.map((run) => this.#keptDetail(run)));
      if (round !== this.#round) return;
      this.#put(details);
    }
    // One that is out of date is made anew only where it is looked at; one after another, since each may take a worker.
    for (const run of inOrder(this.#project.state.runs.filter((one) => one.id === first || !isRunStale(this.#project, one)))) {
      const kept = this.detail(run.id)!;
      // What was deleted for good does not come back by asking again.
      if (sameEvidence(kept.run, run) && (kept.problem === null ? this.isCurrent(kept) : kept.problem.code === 'removedForGood')) continue;
      const renewed = { ...kept, run, ...(await validationReport(this.#project, run)) };
      if (round !== this.#round) return;
      this.#put([renewed]);
    }
  }

  #put(details: readonly RunDetail[]): void {
    if (details.length > 0) this.#details = new Map([...this.#details, ...details.map((detail) => [detail.run.id, detail] as const)]);
  }

  async #keptDetail(run: Run): Promise<RunDetail> {
    const report = await this.#project.artifact<ReportBody>(run.report);
    const model = (await this.#project.artifact<ModelBody>(run.model)).body;
    const steps = (await stepsMaking(this.#project.database, run.model)).filter(
      (step) => step.op === 'train' && Object.values(step.inputs).includes(run.recipe),
    );
    const balanced = steps.some((step) => (step.params as { readonly balanced?: boolean }).balanced === true);
    const told = this.#project.events.findLast((event) => event.kind === 'step' && steps.some((step) => step.key === event.detail.key));
    const measured = told?.detail.measured as { readonly trainSeconds?: number } | undefined;
    const tried = this.#project.events.findLast((event) => event.kind === 'probe' && steps.some((step) => step.key === event.detail.key));
    return { run, report, problem: null, model, balanced, seconds: measured?.trainSeconds ?? null, probe: (tried?.detail.table as unknown as readonly ProbeRow[] | undefined) ?? null };
  }

}

/** The run book of a project, the same for every view of it. */
export const runBookOf = onePer((project) => rooted(() => new RunBook(project)));
