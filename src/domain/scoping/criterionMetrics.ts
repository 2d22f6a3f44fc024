/** @file Every metric that a criterion can be about: those of a model's answers, then those of its service on a device. */

import type { Criterion } from './criterion';
import { softwareMetricNamed, softwareMetrics, type SoftwareMetric } from '../deployment/softwareMetric';
import type { Metric } from '../modelling/metric';
import { metricNamed, metrics } from '../modelling/metrics/registry';

export type CriterionMetric = Metric | SoftwareMetric;

export const criterionMetrics: readonly CriterionMetric[] = [...metrics, ...softwareMetrics];

/** The metric of that name, or undefined. */
export const criterionMetricNamed = (name: string): CriterionMetric | undefined => metricNamed(name) ?? softwareMetricNamed(name);

/** Whether a criterion is about service, which is timed on a device, and not about answers, which are computed from rows. */
export const isAboutService = ({ metric }: Pick<Criterion, 'metric'>): boolean => softwareMetricNamed(metric) !== undefined;

/** The criteria that rows can answer. */
export const aboutAnswers = (criteria: readonly Criterion[]): readonly Criterion[] => criteria.filter((criterion) => !isAboutService(criterion));
