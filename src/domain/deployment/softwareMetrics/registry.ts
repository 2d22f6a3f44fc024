/** @file Every software metric, in the order in which views list them. */

import type { SoftwareMetric, Timing } from '../softwareMetric';
import { latencyP50, latencyP95, latencyP99 } from './latency';
import { throughput } from './throughput';
import type { NamedEstimate } from '../../modelling/estimates';

export const softwareMetrics: readonly SoftwareMetric[] = [latencyP50, latencyP95, latencyP99, throughput];

/** The software metric of that name, or undefined. */
export const softwareMetricNamed = (name: string): SoftwareMetric | undefined => softwareMetrics.find((metric) => metric.name === name);

/** Every software metric of one timing. */
export const softwareEstimates = (timing: Timing): NamedEstimate[] => softwareMetrics.map((metric) => ({ name: metric.name, estimate: metric.estimate(timing) }));
