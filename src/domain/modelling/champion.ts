/** @file Which run should be champion, and why. Decided on validation rows alone; the test rows are opened afterwards. */

import type { ReportBody } from './report';
import { metricIn } from './report';
import { metricNamed } from './metrics/registry';
import { gateResult } from './gate';
import type { GateRule } from '../scoping/criterion';

export interface Candidate<Id> {
  readonly id: Id;
  readonly learner: string;
  /** The report on validation (or out-of-fold) rows. */
  readonly report: ReportBody;
}

/** A key of a sentence with its facts. */
export interface Reason {
  readonly code: 'onlyRun' | 'keepsPromises' | 'noneKeepsPromises' | 'bestOf' | 'tie';
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface Choice<Id> {
  readonly id: Id;
  readonly learner: string;
  readonly reasons: readonly Reason[];
}

/** The metric that decides: log-loss for classes, root mean squared error for values. */
export const decidingMetric = (report: ReportBody): 'log_loss' | 'rmse' => (report.task.kind === 'regression' ? 'rmse' : 'log_loss');

/**
 * Runs that keep every criterion on validation rows come before those that do not; among equals the deciding metric decides, and of
 * equal values the earlier candidate. @returns undefined without candidates
 */
export function championOf<Id>(candidates: readonly Candidate<Id>[], rule: GateRule): Choice<Id> | undefined {
  const [first] = candidates;
  if (first === undefined) return undefined;
  const name = decidingMetric(first.report);
  const lowerIsBetter = metricNamed(name)!.direction === 'lower';
  const judged = candidates.map((candidate) => {
    const value = metricIn(candidate.report, name)?.value ?? null;
    return {
      candidate,
      value,
      order: value === null ? Infinity : lowerIsBetter ? value : -value,
      keeps: candidate.report.criteria.every(({ criterion, estimate }) => gateResult(criterion, rule, estimate).passed),
    };
  });
  const criteria = first.report.criteria.length;
  const keeping = judged.filter((one) => one.keeps);
  const field = keeping.length > 0 ? keeping : judged;
  const best = field.reduce((kept, one) => (one.order < kept.order ? one : kept));
  const reasons: Reason[] = [];
  if (candidates.length === 1) reasons.push({ code: 'onlyRun', facts: {} });
  if (criteria > 0) {
    reasons.push(
      keeping.length > 0
        ? { code: 'keepsPromises', facts: { keeping: keeping.length, of: candidates.length, criteria } }
        : { code: 'noneKeepsPromises', facts: { of: candidates.length, criteria } },
    );
  }
  if (candidates.length > 1 && best.value !== null) reasons.push({ code: 'bestOf', facts: { metric: name, value: best.value, of: field.length } });
  if (field.some((one) => one !== best && one.order === best.order)) reasons.push({ code: 'tie', facts: { metric: name } });
  return { id: best.candidate.id, learner: best.candidate.learner, reasons };
}
