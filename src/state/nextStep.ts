/** @file What to do next, read off the state. The first thing that is lacking comes first; an alert comes before all that follows it. */

import { isModelStale, isRunStale, type StageMark } from './stageState';
import type { Stage } from '../domain/lifecycle';
import { modelNumbered, versionInHand, type ProjectState } from '../domain/pipeline/project';

export type NextStepKey =
  | 'importData'
  | 'chooseTarget'
  | 'writeCriteria'
  | 'trainRuns'
  | 'lookAtAlerts'
  | 'retrain'
  | 'registerModel'
  | 'chooseChampion'
  | 'replaceChampion'
  | 'packageModel'
  | 'watchBatch'
  | 'watchNext';

export interface NextStep {
  /** Key of a sentence in `words.home.next`, with its facts. */
  readonly key: NextStepKey;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly mark: StageMark;
  readonly alert: boolean;
  /** Parts of the address within the project. */
  readonly to: readonly string[];
}

/**
 * The one next step of a project.
 * @param alerts warnings and worse of the latest batch that nobody has settled
 */
export function nextStep(state: ProjectState, alerts: number): NextStep {
  const step = (key: NextStepKey, to: readonly string[], mark: StageMark = 'open', facts: NextStep['facts'] = {}, alert = false): NextStep => ({ key, facts, mark, alert, to });
  const version = versionInHand(state);
  const { target } = state.question;
  if (version === undefined) return step('importData', ['data', 'import'], 'none');
  if (target === null) return step('chooseTarget', ['scoping'], 'none', { rows: version.rows });
  const watch = state.watches.at(-1);
  if (alerts > 0 && watch !== undefined) return step('lookAtAlerts', ['monitoring'], 'failed', { alerts, batch: watch.name, rows: watch.rows }, true);
  if (state.criteria.length === 0) return step('writeCriteria', ['scoping'], 'open', { target });
  if (state.runs.length === 0) return step('trainRuns', ['modelling'], 'none', { target, rows: version.rows });
  const project = { state };
  const fresh = state.runs.filter((run) => !isRunStale(project, run));
  if (fresh.length === 0) return step('retrain', ['modelling'], 'stale', { runs: state.runs.length, version: version.number });
  if (state.models.length === 0) return step('registerModel', ['deployment', 'registry'], 'open', { runs: fresh.length });
  const champion = modelNumbered(state, state.champion);
  if (champion === undefined) return step('chooseChampion', ['deployment', 'registry'], 'open', { models: state.models.length });
  if (isModelStale(project, champion)) return step('replaceChampion', ['deployment', 'registry'], 'stale', { model: champion.number, version: version.number });
  if (champion.package === null) return step('packageModel', ['deployment', 'model', String(champion.number)], 'open', { model: champion.number });
  if (watch === undefined) return step('watchBatch', ['monitoring'], 'none', { model: champion.number });
  return step('watchNext', ['monitoring'], 'evidence', { batch: watch.name, model: champion.number });
}

/** The order in which the stages are first gone through: data come before the question that is asked of them. */
const order: readonly Stage[] = ['data', 'scoping', 'modelling', 'deployment', 'monitoring'];

/**
 * The next step as a stage offers it at its end: null while the step is its own, or lies in a stage before it, which it then asks for itself.
 * What an alert or newer data call for leads back.
 */
export function stepBeyond(state: ProjectState, alerts: number, stage: Stage): NextStep | null {
  const step = nextStep(state, alerts);
  const [to] = step.to;
  if (to === stage) return null;
  const leadsBack = step.key === 'lookAtAlerts' || step.key === 'retrain';
  return leadsBack || order.indexOf(to as Stage) > order.indexOf(stage) ? step : null;
}
