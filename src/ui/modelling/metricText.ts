/** @file How a metric is named, written and explained. */

import { words } from '../../words/words';
import type { FigureFormat } from '../controls/figure';
import type { Task } from '../../domain/modelling/task';
import type { Condition } from '../../domain/scoping/criterion';

/** Metrics in the unit of the target; all others are written as proportions are. */
const inTargetUnits: readonly string[] = ['rmse', 'mae'];

export const metricFormat = (metric: string): FigureFormat => (inTargetUnits.includes(metric) ? {} : { style: 'proportion' });

export const metricTitle = (metric: string): string => words.modelling.metrics[metric as keyof typeof words.modelling.metrics]?.title ?? metric;

/** What the metric means, with the user's own class or column in the sentence. */
export function metricMeaning(metric: string, task: Task): string {
  const positive = task.kind === 'classification' && task.positive !== null ? task.classes[task.positive]! : null;
  return words.modelling.metrics[metric as keyof typeof words.modelling.metrics]?.says({ positive, target: task.target }) ?? '';
}

/** A slice in words: `sex is Female`. */
export const sliceText = (slice: readonly Condition[]): string => slice.map(({ column, operator, value }) => words.modelling.condition(column, operator, String(value))).join(words.modelling.and);
