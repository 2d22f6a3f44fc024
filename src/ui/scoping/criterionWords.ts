/** @file A criterion in words, and its numbers' format: the one way that home and scoping write it. */

import { words } from '../../words/words';
import { figure, shortFormat } from '../controls/figure';
import { metricFormat } from '../deployment/metricFormat';
import { isAboutService } from '../../domain/scoping/criterionMetrics';
import type { Condition, Criterion } from '../../domain/scoping/criterion';

export { metricFormat };

export const sliceWords = (slice: readonly Condition[]): string => slice.map(({ column, operator, value }) => words.scoping.condition(column, operator, String(value))).join(words.scoping.and);

/** `at least .55` */
export function targetWords({ metric, direction, target }: Pick<Criterion, 'metric' | 'direction' | 'target'>): string {
  const text = figure(target, shortFormat([target], metricFormat(metric)));
  return direction === '>=' ? words.controls.atLeast(text) : words.controls.atMost(text);
}

/** `Recall at least .55 for rows with sex is Female`: for buttons and screen readers. */
export const criterionName = (criterion: Criterion): string =>
  `${words.scoping.metricName(criterion.metric)} ${targetWords(criterion)} ${isAboutService(criterion) ? words.scoping.onThisDevice : criterion.slice.length === 0 ? words.scoping.forEveryone : words.scoping.forSlice(sliceWords(criterion.slice))}`;
