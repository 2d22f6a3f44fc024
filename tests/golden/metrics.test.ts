/** @file Metrics, curves, intervals and McNemar's test against scikit-learn, scipy and statsmodels. */

import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { reliability } from '../../src/domain/modelling/calibration';
import { clopperPearson } from '../../src/domain/modelling/clopperPearson';
import { confusion } from '../../src/domain/modelling/confusion';
import type { ScoredRows } from '../../src/domain/modelling/metric';
import { metricsFor } from '../../src/domain/modelling/metrics/registry';
import { metricValue } from '../../src/domain/modelling/scoredRows';
import { mcNemar } from '../../src/domain/modelling/paired';
import { precisionRecallCurve } from '../../src/domain/modelling/precisionRecall';
import { residualSummary } from '../../src/domain/modelling/residuals';
import { rocCurve } from '../../src/domain/modelling/roc';
import { wilson } from '../../src/domain/modelling/wilson';
import { binaryRows } from '../unit/domain/modelling/scored';

interface Golden {
  header: { tolerance: Record<string, [number, string]> };
  binary: {
    name: string;
    truth: number[];
    scores: number[];
    predicted: number[];
    expected: Record<string, number | null>;
    confusion: number[];
    roc?: { fpr: number[]; tpr: number[]; thresholds: (number | null)[] };
    precisionRecall?: { precision: number[]; recall: number[]; thresholds: number[] };
    calibration?: Record<'equalWidth' | 'equalCount', { observed: number[]; mean: number[] }>;
  }[];
  multiclass: {
    name: string;
    classes: number;
    truth: number[];
    probabilities: number[];
    predicted: number[];
    expected: Record<string, number | null>;
    confusion: number[];
  }[];
  regression: { name: string; truth: number[]; predicted: number[]; expected: Record<string, number | null>; quantiles: number[]; deviation: number }[];
  wilson: { successes: number; of: number; expected: [number, number] }[];
  clopperPearson: { successes: number; of: number; expected: [number, number] }[];
  mcnemar: { b: number; c: number; exact: number; statistic: number | null; corrected: number | null }[];
}

const golden = JSON.parse(readFileSync(new URL('metrics.json', import.meta.url), 'utf8')) as Golden;
const largest = new Map<string, number>();

/** Relative difference; absolute below 1, but p-values stay relative however small. */
function agree(quantity: string, ours: number | null | undefined, theirs: number | null | undefined): void {
  if (theirs === null || theirs === undefined || ours === null || ours === undefined) {
    expect(ours ?? null).toBe(theirs ?? null);
    return;
  }
  const difference = Math.abs(ours - theirs) / Math.max(quantity === 'mcnemar' ? 1e-300 : 1, Math.abs(theirs));
  largest.set(quantity, Math.max(largest.get(quantity) ?? 0, difference));
  expect(difference).toBeLessThanOrEqual(golden.header.tolerance[quantity]![0]);
}

function agreeAll(quantity: string, ours: ArrayLike<number>, theirs: readonly number[]): void {
  expect(ours.length).toBe(theirs.length);
  theirs.forEach((value, i) => agree(quantity, ours[i], value));
}

function agreeMetrics(rows: ScoredRows, expected: Record<string, number | null>): void {
  const ours = metricsFor(rows.shape);
  expect(ours.map((metric) => metric.name).sort()).toEqual(Object.keys(expected).sort());
  for (const metric of ours) agree('metrics', metricValue(metric, rows), expected[metric.name]);
}

afterAll(() => {
  console.log('largest differences:', Object.fromEntries(largest));
});

describe('metrics golden', () => {
  it.each(golden.binary)('two classes, $name: metrics, confusion, curves and calibration are those of scikit-learn', (one) => {
    const rows = binaryRows(one.truth, one.scores, one.predicted);
    agreeMetrics(rows, one.expected);
    expect([...confusion(rows).cells]).toEqual(one.confusion);
    if (one.roc) {
      const curve = rocCurve(rows)!;
      agreeAll('curves', curve.falsePositiveRate, one.roc.fpr);
      agreeAll('curves', curve.truePositiveRate, one.roc.tpr);
      expect([...curve.thresholds].map((t) => (t === Infinity ? null : t))).toEqual(one.roc.thresholds);
    } else expect(rocCurve(rows)).toBeNull();
    if (one.precisionRecall) {
      const curve = precisionRecallCurve(rows)!;
      agreeAll('curves', curve.precision, one.precisionRecall.precision);
      agreeAll('curves', curve.recall, one.precisionRecall.recall);
      expect([...curve.thresholds].slice(0, -1)).toEqual(one.precisionRecall.thresholds);
    }
    for (const binning of ['equalWidth', 'equalCount'] as const) {
      const theirs = one.calibration?.[binning];
      if (!theirs) continue;
      const filled = reliability(Float64Array.from(one.scores), Uint8Array.from(one.truth), binning).bins.filter((bin) => bin.n > 0);
      agreeAll(
        'calibration',
        filled.map((bin) => bin.observed!),
        theirs.observed,
      );
      agreeAll(
        'calibration',
        filled.map((bin) => bin.meanScore!),
        theirs.mean,
      );
    }
  });

  it.each(golden.multiclass)('more classes, $name: metrics and confusion are those of scikit-learn', (one) => {
    const rows: ScoredRows = {
      shape: 'multiclass',
      classes: one.classes,
      positive: null,
      truth: Int32Array.from(one.truth),
      predicted: Int32Array.from(one.predicted),
      probabilities: Float64Array.from(one.probabilities),
    };
    agreeMetrics(rows, one.expected);
    expect([...confusion(rows).cells]).toEqual(one.confusion);
  });

  it.each(golden.regression)('regression, $name: metrics and residual quantiles are those of scikit-learn and NumPy', (one) => {
    const rows: ScoredRows = { shape: 'regression', truth: Float64Array.from(one.truth), predicted: Float64Array.from(one.predicted) };
    agreeMetrics(rows, one.expected);
    const summary = residualSummary(rows);
    agreeAll(
      'residuals',
      summary.quantiles.map((q) => q.value),
      one.quantiles,
    );
    agree('residuals', summary.deviation, one.deviation);
  });

  it.each(golden.wilson)('Wilson of $successes of $of is that of statsmodels', ({ successes, of, expected }) => {
    const ours = wilson(successes, of)!;
    agreeAll('wilson', [ours.low, ours.high], expected);
  });

  it.each(golden.clopperPearson)('Clopper–Pearson of $successes of $of is that of scipy', ({ successes, of, expected }) => {
    const ours = clopperPearson(successes, of)!;
    agreeAll('clopperPearson', [ours.low, ours.high], expected);
  });

  it.each(golden.mcnemar)("McNemar's tests of $b against $c are those of statsmodels", ({ b, c, exact, statistic, corrected }) => {
    agree('mcnemar', mcNemar(b, c, 'exact').p, exact);
    if (statistic === null) return;
    agree('mcnemar', mcNemar(b, c, 'corrected').statistic, statistic);
    agree('mcnemar', mcNemar(b, c, 'corrected').p, corrected);
  });
});
