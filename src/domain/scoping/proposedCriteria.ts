/** @file What could be promised, before anybody knows better: a start for the user's own criteria, made from the task and from what no effort reaches. */

import { metricIn, type ReportBody } from '../modelling/report';
import type { TaskShape } from '../modelling/task';
import type { Criterion } from './criterion';

/** Why a proposal says what it says; the sentence is in the catalogue. */
export interface ProposedCriterion {
  readonly criterion: Criterion;
  readonly reason: 'ranking' | 'finding' | 'honesty' | 'balance' | 'explains' | 'error';
  /** What the baseline reaches on validation rows; null without one. */
  readonly baseline: number | null;
}

const twoDigits = (x: number): number => Number(x.toPrecision(2));

/** A target partway from the baseline's value to the best one, on two digits. */
const partway = (from: number, to: number, share: number): number => twoDigits(from + (to - from) * share);

/**
 * Proposals for a task. Without a baseline the targets are plain round numbers; with one they ask for a good part of the way from it to perfect.
 * Errors in the target's own unit are only proposed against a baseline: nobody can guess a unit.
 */
export function proposedCriteria(shape: TaskShape, baseline: Pick<ReportBody, 'metrics'> | undefined): readonly ProposedCriterion[] {
  const value = (metric: string): number | null => (baseline === undefined ? null : (metricIn(baseline as ReportBody, metric)?.value ?? null));
  const at = (metric: string, direction: Criterion['direction'], target: number, reason: ProposedCriterion['reason']): ProposedCriterion => ({
    criterion: { metric, slice: [], direction, target, why: '' },
    reason,
    baseline: value(metric),
  });
  const brier = value('brier');
  const balanced = value('balanced_accuracy');
  const rmse = value('rmse');
  switch (shape) {
    case 'binary':
      return [
        at('roc_auc', '>=', 0.8, 'ranking'),
        at('recall', '>=', 0.5, 'finding'),
        ...(brier === null ? [] : [at('brier', '<=', partway(brier, 0, 0.2), 'honesty')]),
      ];
    case 'multiclass':
      return [at('balanced_accuracy', '>=', balanced === null ? 0.7 : partway(balanced, 1, 0.5), 'balance'), at('roc_auc_ovr', '>=', 0.8, 'ranking')];
    case 'regression':
      return [at('r2', '>=', 0.5, 'explains'), ...(rmse === null ? [] : [at('rmse', '<=', partway(rmse, 0, 0.3), 'error')])];
  }
}
