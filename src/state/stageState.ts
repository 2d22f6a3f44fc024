/** @file Where each stage stands, read off the state: never kept, never ticked. */

import type { OpenProject } from './project.svelte';
import type { Stage } from '../domain/lifecycle';
import { askedOf, modelNumbered, runNamed, versionInHand, type ModelVersion, type ProjectState, type Run, type Watch } from '../domain/pipeline/project';

export type StageMark = 'none' | 'progress' | 'evidence' | 'stale' | 'failed' | 'open';

export interface StageState {
  readonly stage: Stage;
  readonly mark: StageMark;
  /** Key of a sentence in `words.rail`, with its facts. */
  readonly sentence: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What a state asks, once a state: a page asks it of every run. */
const asks = new WeakMap<ProjectState, string>();
const askedIn = (state: ProjectState): string => {
  const known = asks.get(state);
  if (known !== undefined) return known;
  const made = askedOf(state);
  asks.set(state, made);
  return made;
};

/** A run is out of date when its data, its split or the question it answers is not the one in hand. */
export const isRunStale = (project: Pick<OpenProject, 'state'>, run: Run): boolean => {
  const { state } = project;
  const version = versionInHand(state);
  return version !== undefined && (run.table !== version.table || (state.split !== null && run.split !== state.split) || run.asked !== askedIn(state));
};

/** A model version is out of date when its run is. */
export const isModelStale = (project: Pick<OpenProject, 'state'>, model: ModelVersion): boolean => {
  const run = runNamed(project.state, model.run);
  return run === undefined || isRunStale(project, run);
};

const running = (project: OpenProject, ops: readonly string[]): boolean => project.jobs.running.some((job) => ops.includes(job.op));

/** The five stages in order. */
/** Whether a batch raised an alert when it was watched; settled or not. */
const hadAlerts = ({ events }: Pick<OpenProject, 'events'>, watch: Watch): boolean =>
  events.some(({ kind, detail }) => kind === 'batchWatched' && detail.drift === watch.drift && Number(detail.alerts ?? 0) > 0);

export function stageStates(project: OpenProject, alerts: number): readonly StageState[] {
  const { state } = project;
  const version = versionInHand(state);
  const champion = modelNumbered(state, state.champion);
  const freshRuns = state.runs.filter((run) => !isRunStale(project, run));
  const lastWatch = state.watches.at(-1);
  const of = (stage: Stage, mark: StageMark, sentence: string, facts: StageState['facts'] = {}): StageState => ({ stage, mark, sentence, facts });
  return [
    state.criteria.length > 0
      ? of('scoping', 'evidence', 'criteria', { criteria: state.criteria.length })
      : state.question.target !== null
        ? of('scoping', 'open', 'noCriteria')
        : of('scoping', 'none', 'noQuestion'),
    running(project, ['import', 'edit', 'append', 'correct', 'digest', 'profile'])
      ? of('data', 'progress', 'working')
      : version === undefined
        ? of('data', 'none', 'noData')
        : of('data', 'evidence', 'version', { version: version.number, rows: version.rows }),
    running(project, ['train', 'crossValidate', 'score', 'evaluate', 'recipe', 'split'])
      ? of('modelling', 'progress', 'training')
      : state.runs.length === 0
        ? of('modelling', 'none', 'noRuns')
        : freshRuns.length === 0
          ? of('modelling', 'stale', 'staleRuns', { runs: state.runs.length })
          : of('modelling', 'evidence', 'runs', { runs: freshRuns.length }),
    running(project, ['package'])
      ? of('deployment', 'progress', 'packaging')
      : champion !== undefined
        ? of('deployment', isModelStale(project, champion) ? 'stale' : 'evidence', isModelStale(project, champion) ? 'staleChampion' : 'champion', { model: champion.number })
        : state.models.length > 0
          ? of('deployment', 'open', 'noChampion', { models: state.models.length })
          : of('deployment', 'none', 'noModels'),
    running(project, ['drift'])
      ? of('monitoring', 'progress', 'watching')
      : lastWatch === undefined
        ? of('monitoring', 'none', 'noWatches')
        : alerts > 0
          ? of('monitoring', 'failed', 'alerts', { alerts, batch: lastWatch.name })
          : of('monitoring', 'evidence', hadAlerts(project, lastWatch) ? 'settled' : 'quiet', { batch: lastWatch.name }),
  ];
}
