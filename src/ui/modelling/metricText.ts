/** @file How a metric is named, written and explained. */

import { words } from '../../words/words';
import { softwareMetricNamed } from '../../domain/deployment/softwareMetric';
import { criterionMetricNamed } from '../../domain/scoping/criterionMetrics';
import type { FigureFormat } from '../controls/figure';
import type { Task } from '../../domain/modelling/task';
import type { Condition } from '../../domain/scoping/criterion';

/** Metrics in the unit of the target; all others are written as proportions are. */
const inTargetUnits: readonly string[] = ['rmse', 'mae'];

/** @param size about how large the numbers are: a value and its interval are then written with the same decimals, about four figures in all. */
export function metricFormat(metric: string, size?: number | null): FigureFormat {
  const software = softwareMetricNamed(metric);
  if (software !== undefined) return { unit: words.deployment.units[software.unit], ...(software.unit === 'rows/s' ? { style: 'whole' } : {}) };
  if (!inTargetUnits.includes(metric)) return { style: 'proportion' };
  if (size === undefined || size === null || size === 0 || !Number.isFinite(size)) return {};
  return { digits: Math.max(0, Math.min(8, 2 - Math.floor(Math.log10(Math.abs(size))))) };
}

/** The range of possible values. */
export const metricLimits = (metric: string): readonly [number | null, number | null] => criterionMetricNamed(metric)?.range ?? [null, null];

export const metricTitle = (metric: string): string => words.modelling.metrics[metric as keyof typeof words.modelling.metrics]?.title ?? words.scoping.metricName(metric);

/** What the metric means, with the user's own class or column in the sentence. */
export function metricMeaning(metric: string, task: Task): string {
  const positive = task.kind === 'classification' && task.positive !== null ? task.classes[task.positive]! : null;
  return words.modelling.metrics[metric as keyof typeof words.modelling.metrics]?.says({ positive, target: task.target }) ?? '';
}

/** A slice in words: `sex is Female`. */
export const sliceText = (slice: readonly Condition[]): string =>
  slice.map(({ column, operator, value }) => words.modelling.condition(column, operator, String(value))).join(words.modelling.and);
