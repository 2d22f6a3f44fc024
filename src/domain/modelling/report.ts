/** @file The body of an evaluation report: every number of one run on one part of the rows, with what charts need. JSON only. */

import type { Estimate } from './metric';
import type { NamedEstimate } from './estimates';
import type { Reliability } from './calibration';
import type { ScoredPart } from './scoresManifest';
import type { Task } from './task';
import type { ThresholdOutcome } from './threshold';
import type { Criterion } from '../scoping/criterion';

export interface CurvePoints {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface ResidualsReport {
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly quantiles: readonly { readonly share: number; readonly value: number }[];
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** A seeded sample: predicted value, residual, and the row's position in the table. */
  readonly predicted: readonly number[];
  readonly residuals: readonly number[];
  readonly positions: readonly number[];
}

export interface ReportBody {
  readonly task: Task;
  readonly part: ScoredPart;
  /** Rows with a known truth. */
  readonly n: number;
  /** The threshold in force; null where there is none to choose. */
  readonly threshold: number | null;
  readonly metrics: readonly NamedEstimate[];
  /** Each criterion that was asked about, on its slice; null where its metric does not fit the task or the slice is empty. */
  readonly criteria: readonly { readonly criterion: Criterion; readonly estimate: Estimate | null }[];
  /** K × K counts, row-major, truth by prediction. */
  readonly confusion: readonly number[] | null;
  /** Of the rows of each class the share that was told rightly. Absent in reports of before. */
  readonly rightOfClass?: readonly Estimate[] | null;
  /** Pieces of the positions of all rows, cell after cell in the order of `confusion`, uint32. */
  readonly cellRows: readonly number[] | null;
  /** x: false-positive rate, y: true-positive rate. */
  readonly roc: CurvePoints | null;
  /** x: recall, y: precision. */
  readonly precisionRecall: CurvePoints | null;
  readonly calibration: Reliability | null;
  readonly thresholds: readonly ThresholdOutcome[] | null;
  readonly residuals: ResidualsReport | null;
}

export interface EvaluateParams {
  readonly threshold: number | null;
  readonly criteria: readonly Criterion[];
  readonly seed: number;
}

export const metricIn = (report: ReportBody, name: string): Estimate | undefined => report.metrics.find((metric) => metric.name === name)?.estimate;

export interface ComparisonBody {
  readonly metric: string;
  readonly n: number;
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
  readonly method: string;
  readonly mcNemar: { readonly onlyCandidate: number; readonly onlyBaseline: number; readonly p: number; readonly method: string } | null;
}
