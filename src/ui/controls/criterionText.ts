/** @file A criterion in words, the one way that every page writes it, and the mark of its verdict. */

import { words } from '../../words/words';
import type { Verdict } from '../../domain/modelling/gate';
import { isAboutService } from '../../domain/scoping/criterionMetrics';
import type { Condition, Criterion } from '../../domain/scoping/criterion';
import { figure, shortFormat } from './figure';
import type { MarkState } from './markState';
import { metricFormat } from './metricFormat';

/** `sex is Female and age at least 65`; empty for every row. */
export const sliceText = (slice: readonly Condition[]): string => slice.map(({ column, operator, value }) => words.scoping.condition(column, operator, String(value))).join(words.scoping.and);

/** `at least .55` */
export function targetText({ metric, direction, target }: Pick<Criterion, 'metric' | 'direction' | 'target'>): string {
  const text = figure(target, shortFormat([target], metricFormat(metric)));
  return direction === '>=' ? words.controls.atLeast(text) : words.controls.atMost(text);
}

/** `Recall at least .55 for rows with sex is Female`: for buttons and screen readers. */
export const criterionName = (criterion: Criterion): string =>
  `${words.metricName(criterion.metric)} ${targetText(criterion)} ${isAboutService(criterion) ? words.scoping.onThisDevice : criterion.slice.length === 0 ? words.scoping.forEveryone : words.scoping.forSlice(sliceText(criterion.slice))}`;

/** A shape of its own for each verdict. */
export const verdictMark = (verdict: Verdict): MarkState => (verdict === 'holds' ? 'evidence' : verdict === 'fails' ? 'failed' : 'open');
