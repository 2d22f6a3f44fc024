import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metric, ScoredRows } from '../../../../../src/domain/modelling/metric';
import { metricNamed, metrics, metricsFor } from '../../../../../src/domain/modelling/metrics/registry';
import { metricValue, takenRows } from '../../../../../src/domain/modelling/scoredRows';
import { decide } from '../../../../../src/domain/modelling/threshold';
import { seeded } from '../../../../../src/domain/random';
import { binaryRows, plantedBinary, plantedMulticlass, plantedRegression } from '../scored';

const coarse = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);
const anyBinary = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), coarse), { minLength: 1, maxLength: 60 }).map((rows) =>
  binaryRows(
    rows.map(([truth]) => truth),
    rows.map(([, score]) => score),
  ),
);
const anyRows: fc.Arbitrary<ScoredRows> = fc.oneof(
  anyBinary,
  fc
    .tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 3, max: 5 }), fc.integer({ min: 1, max: 1000 }))
    .map(([n, k, seed]) => plantedMulticlass(n, k, seed)),
  fc.tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 1000 })).map(([n, seed]) => plantedRegression(n, seed)),
);

function close(a: number | null, b: number | null, tolerance = 1e-12): void {
  if (a === null || b === null) expect(a).toBe(b);
  else expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(a)));
}

describe('metrics', () => {
  it('have unique names, and every shape has some', () => {
    expect(new Set(metrics.map((metric) => metric.name)).size).toBe(metrics.length);
    expect(metricsFor('binary').map((metric) => metric.name)).toEqual([
      'accuracy',
      'balanced_accuracy',
      'precision',
      'recall',
      'f1',
      'roc_auc',
      'average_precision',
      'log_loss',
      'brier',
    ]);
    expect(metricsFor('multiclass').map((metric) => metric.name)).toEqual([
      'accuracy',
      'balanced_accuracy',
      'precision',
      'recall',
      'f1',
      'roc_auc_ovr',
      'log_loss',
    ]);
    expect(metricsFor('regression').map((metric) => metric.name)).toEqual(['r2', 'rmse', 'mae']);
    expect(metricNamed('roc_auc')?.direction).toBe('higher');
    expect(metricNamed('__proto__')).toBeUndefined();
  });

  it('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 1000 }), (rows, seed) => {
        const order = Uint32Array.from({ length: rows.truth.length }, (_, i) => i);
        const shuffled = takenRows(rows, seeded(seed).shuffle(order));
        for (const metric of metricsFor(rows.shape)) close(metricValue(metric, rows), metricValue(metric, shuffled), 1e-11);
      }),
    );
  });

  it('are the same from counts as from rows written out', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 1000 }), (rows, seed) => {
        const random = seeded(seed);
        const counts = Uint16Array.from({ length: rows.truth.length }, () => random.below(4));
        const drawn = [...counts].flatMap((count, i) => Array.from({ length: count }, () => i));
        for (const metric of metricsFor(rows.shape)) close(metric.weighted(rows)(counts), metricValue(metric, takenRows(rows, drawn)), 1e-9);
      }),
    );
  });

  it('stay within their range', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        for (const metric of metricsFor(rows.shape)) {
          const value = metricValue(metric, rows);
          if (value === null) continue;
          expect(value).toBeGreaterThanOrEqual(metric.range[0] ?? -Infinity);
          expect(value).toBeLessThanOrEqual(metric.range[1] ?? Infinity);
        }
      }),
    );
  });

  it('a proportion is the value', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        for (const metric of metricsFor(rows.shape)) {
          const proportion = metric.proportion?.(rows);
          if (proportion) close(metricValue(metric, rows), proportion.of === 0 ? null : proportion.successes / proportion.of);
        }
      }),
    );
  });

  it('AUC and average precision do not change under an increasing map of the scores', () => {
    fc.assert(
      fc.property(anyBinary, (rows) => {
        if (rows.shape === 'regression') return;
        const scores = Float64Array.from(rows.truth, (_, i) => rows.probabilities[2 * i + 1]!);
        const mapped = binaryRows(
          rows.truth,
          scores.map((s) => (Math.exp(3 * s) - 1) / (Math.exp(3) - 1)),
        );
        for (const name of ['roc_auc', 'average_precision']) expect(metricValue(metricNamed(name)!, mapped)).toBe(metricValue(metricNamed(name)!, rows));
      }),
    );
  });

  it('swapping the classes mirrors: AUC of the opposite scores is 1 − AUC, and with both swapped it is the same', () => {
    fc.assert(
      fc.property(anyBinary, (rows) => {
        if (rows.shape === 'regression') return;
        const auc = metricValue(metricNamed('roc_auc')!, rows);
        const swapped: ScoredRows = { ...rows, positive: 0 };
        close(metricValue(metricNamed('roc_auc')!, swapped), auc);
        const opposite = binaryRows(
          rows.truth,
          Float64Array.from(rows.truth, (_, i) => rows.probabilities[2 * i]!),
        );
        close(metricValue(metricNamed('roc_auc')!, opposite), auc === null ? null : 1 - auc);
        for (const name of ['accuracy', 'balanced_accuracy', 'log_loss', 'brier'])
          close(metricValue(metricNamed(name)!, swapped), metricValue(metricNamed(name)!, rows));
      }),
    );
  });

  it('relabelling the classes of a multiclass task changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const rows = plantedMulticlass(60, 4, seed);
        if (rows.shape === 'regression') return;
        const to = seeded(seed).shuffle(Int32Array.of(0, 1, 2, 3));
        const probabilities = rows.probabilities.map((_, at) => rows.probabilities[at - (at % 4) + to.indexOf(at % 4)]!);
        const renamed: ScoredRows = { ...rows, truth: rows.truth.map((t) => to[t]!), predicted: rows.predicted.map((p) => to[p]!), probabilities };
        for (const metric of metricsFor('multiclass')) close(metricValue(metric, renamed), metricValue(metric, rows));
      }),
      { numRuns: 30 },
    );
  });

  it('agree between the two ways of tallying: 16 classes by cells, 17 by sums', () => {
    const rows = plantedMulticlass(400, 16, 3);
    if (rows.shape === 'regression') throw new Error('classes expected');
    const probabilities = new Float64Array(400 * 17);
    for (let i = 0; i < 400; i++) probabilities.set(rows.probabilities.subarray(16 * i, 16 * i + 16), 17 * i);
    const wider: ScoredRows = { ...rows, classes: 17, probabilities };
    for (const name of ['accuracy', 'balanced_accuracy', 'precision', 'recall', 'f1', 'log_loss'])
      close(metricValue(metricNamed(name)!, wider), metricValue(metricNamed(name)!, rows));
  });

  it('are undefined, not 0, where nothing divides', () => {
    const value = (name: string, rows: ScoredRows): number | null => metricValue(metricNamed(name)!, rows);
    const negatives = binaryRows([0, 0, 0], [0.1, 0.2, 0.3]);
    for (const name of ['precision', 'recall', 'f1', 'roc_auc', 'average_precision']) expect(value(name, negatives)).toBeNull();
    expect(value('r2', { shape: 'regression', truth: Float64Array.of(0.1, 0.1, 0.1), predicted: Float64Array.of(0.1, 0.1, 0.1) })).toBeNull();
    expect(value('r2', { shape: 'regression', truth: Float64Array.of(1), predicted: Float64Array.of(1) })).toBeNull();
    const none: ScoredRows[] = [binaryRows([], []), plantedMulticlass(0, 3, 1), plantedRegression(0, 1)];
    for (const rows of none) for (const metric of metricsFor(rows.shape)) expect(metricValue(metric, rows)).toBeNull();
  });

  it('R² of a resample of one repeated row is undefined even with a large mean', () => {
    const rows: ScoredRows = { shape: 'regression', truth: Float64Array.of(1e6, 1e6 + 1, 1e6 + 3), predicted: Float64Array.of(1e6, 1e6, 1e6) };
    expect(metricNamed('r2')!.weighted!(rows)(Uint16Array.of(0, 3, 0))).toBeNull();
  });

  it('refuse rows of another shape as a bug', () => {
    const wrong: [Metric, ScoredRows][] = [
      [metricNamed('roc_auc')!, plantedMulticlass(5, 3, 1)],
      [metricNamed('accuracy')!, plantedRegression(5, 1)],
      [metricNamed('r2')!, plantedBinary(5, 1)],
    ];
    for (const [metric, rows] of wrong) expect(() => metricValue(metric, rows)).toThrow(TypeError);
  });

  it('decisions at 0.5 are what the rows of these tests hold', () => {
    const rows = plantedBinary(50, 2);
    if (rows.shape === 'regression') throw new Error('classes expected');
    expect([...rows.predicted]).toEqual([...decide(rows.probabilities, 2, null, null)]);
  });
});
