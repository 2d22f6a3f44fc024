/** @file Which stage an event of the log belongs to, and the shape it is marked with. */

import type { Stage } from '../domain/lifecycle';
import { ops } from '../domain/pipeline/ops';
import type { NamedEstimate } from '../domain/modelling/estimates';
import type { EventKind, ProjectEvent } from '../domain/pipeline/project';
import { valueIn } from './serviceMeasurements';
import type { StageMark } from './stageState';

const stageByKind: Partial<Record<EventKind, Stage>> = {
  imported: 'data',
  versionMade: 'data',
  versionTaken: 'data',
  splitMade: 'data',
  questionChanged: 'scoping',
  criteriaChanged: 'scoping',
  thresholdChanged: 'modelling',
  runKept: 'modelling',
  runRemoved: 'modelling',
  testOpened: 'modelling',
  probe: 'modelling',
  registered: 'deployment',
  aliasMoved: 'deployment',
  packaged: 'deployment',
  exported: 'deployment',
  latency: 'deployment',
  predicted: 'deployment',
  batchWatched: 'monitoring',
};

/** The stage; null for what concerns the project as a whole. */
export function eventStage({ kind, detail }: Pick<ProjectEvent, 'kind' | 'detail'>): Stage | null {
  if (kind === 'step') return ops.find((op) => op.name === detail.op)?.stage ?? null;
  // Findings of the data are settled by the same kind of event as alerts.
  if (kind === 'alertSettled') return typeof detail.finding === 'string' ? 'data' : 'monitoring';
  return stageByKind[kind] ?? null;
}

/** Alerts are diamonds, what was put aside a dashed ring, what goes back and forth a half disc; the rest is evidence. */
export function eventMark({ kind, detail }: Pick<ProjectEvent, 'kind' | 'detail'>): StageMark {
  if (kind === 'batchWatched' && Number(detail.alerts ?? 0) > 0) return 'failed';
  if (kind === 'undone' || kind === 'redone' || kind === 'versionTaken') return 'open';
  if (kind === 'binned' || kind === 'runRemoved' || kind === 'deletedForGood') return 'none';
  return 'evidence';
}

/** What a person did or decided; steps and the splits that follow from them are the machine's own notes. */
export const isStory = ({ kind, detail }: Pick<ProjectEvent, 'kind' | 'detail'>): boolean =>
  kind !== 'step' && kind !== 'splitMade' && kind !== 'probe' && !(kind === 'runKept' && typeof detail.run === 'string');

const number = (id: unknown): number => Number(String(id).split(':').at(-1));

/** The facts that a sentence about an event needs: its own, and the numbers that its state gave to what it made. Lists are joined. */
export function eventFacts({ kind, detail, state }: Pick<ProjectEvent, 'kind' | 'detail' | 'state'>): Readonly<Record<string, string | number>> {
  const facts: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(detail)) {
    if (typeof value === 'string' || typeof value === 'number') facts[name] = value;
    else if (typeof value === 'boolean') facts[name] = value ? 1 : 0;
    else if (value === null) facts[name] = '';
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string')) facts[name] = value.join(', ');
    else if (name === 'gate' && Array.isArray(value)) {
      facts.criteria = value.length;
      facts.passed = value.filter((one) => (one as { readonly passed?: boolean } | null)?.passed === true).length;
    } else facts[name] = 1;
  }
  if (kind === 'latency' && Array.isArray(detail.estimates)) facts.p95 = valueIn(detail.estimates as unknown as readonly NamedEstimate[], 'latency_p95') ?? '';
  if ('run' in detail) facts.run = number(detail.run);
  if (state !== null) {
    if (kind === 'imported' || kind === 'versionMade') facts.version = state.inHand ?? 0;
    if (kind === 'runKept' && !('run' in detail)) facts.run = state.runs.at(-1)?.number ?? 0;
    if (kind === 'registered') facts.model_ = state.models.at(-1)?.number ?? 0;
  }
  return facts;
}
