/** @file How the number of a metric is written, and where it can lie. */

import { words } from '../../words/words';
import { softwareMetricNamed } from '../../domain/deployment/softwareMetric';
import { criterionMetricNamed } from '../../domain/scoping/criterionMetrics';
import type { Task } from '../../domain/modelling/task';
import type { Reason } from '../../domain/modelling/champion';
import { figure, type FigureFormat } from './figure';

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

/** What the metric means, with the user's own class or column in it, to stand by itself. */
export function meaningFor(metric: string, task: Task | null): string {
  const positive = task?.kind === 'classification' && task.positive !== null ? task.classes[task.positive]! : null;
  return words.atHead(words.metricMeaning(metric, { positive, target: task?.target ?? null }));
}

/** Why a run was chosen, its figure written as it stands everywhere else. */
export const reasonText = ({ code, facts }: Reason): string => {
  const { metric, value } = facts;
  return words.reasons({ code, facts: typeof metric === 'string' && typeof value === 'number' ? { ...facts, value: figure(value, metricFormat(metric, value)) } : facts });
};
