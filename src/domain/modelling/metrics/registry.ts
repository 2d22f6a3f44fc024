/** @file Every metric, in the order in which views list them. */

import type { Metric } from '../metric';
import type { TaskShape } from '../task';
import { accuracy } from './accuracy';
import { averagePrecision } from './averagePrecision';
import { balancedAccuracy } from './balancedAccuracy';
import { brier } from './brier';
import { f1 } from './f1';
import { logLoss } from './logLoss';
import { mae } from './mae';
import { precision } from './precision';
import { r2 } from './r2';
import { recall } from './recall';
import { rmse } from './rmse';
import { rocAuc } from './rocAuc';
import { rocAucOvr } from './rocAucOvr';

export const metrics: readonly Metric[] = [
  accuracy,
  balancedAccuracy,
  precision,
  recall,
  f1,
  rocAuc,
  rocAucOvr,
  averagePrecision,
  logLoss,
  brier,
  r2,
  rmse,
  mae,
];

/** The metric of that name, or undefined. */
export const metricNamed = (name: string): Metric | undefined => metrics.find((metric) => metric.name === name);

/** The metrics of a shape, in order. */
export const metricsFor = (shape: TaskShape): readonly Metric[] => metrics.filter((metric) => metric.shapes.includes(shape));
