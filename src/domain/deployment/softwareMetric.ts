/**
 * @file Software metrics: figures of how a model serves on the device at hand. Each is a quantile of something that is timed; what a page must
 * know of them is here, the statistics are in `serviceEstimates`. Measurements: kept as events, never cached and never hashed.
 */

export interface SoftwareMetric {
  /** As in a criterion, e.g. `latency_p95`. */
  readonly name: string;
  readonly unit: 'ms' | 'rows/s';
  readonly direction: 'higher' | 'lower';
  /** The closed range of possible values; null where unbounded. */
  readonly range: readonly [number | null, number | null];
  /** What is timed: single requests in milliseconds, or passes over a batch in rows a second. */
  readonly timed: 'answers' | 'passes';
  /** Which quantile of it, 0 to 1. */
  readonly share: number;
}

const latency = (percent: number): SoftwareMetric => ({ name: `latency_p${percent}`, unit: 'ms', direction: 'lower', range: [0, null], timed: 'answers', share: percent / 100 });

/** In the order in which views list them. A new one is a line here. */
export const softwareMetrics: readonly SoftwareMetric[] = [
  latency(50),
  latency(95),
  latency(99),
  { name: 'throughput', unit: 'rows/s', direction: 'higher', range: [0, null], timed: 'passes', share: 0.5 },
];

/** The software metric of that name, or undefined. */
export const softwareMetricNamed = (name: string): SoftwareMetric | undefined => softwareMetrics.find((metric) => metric.name === name);
