import { describe, expect, it } from 'vitest';
import { estimateOf } from '../../../../src/domain/modelling/estimate';
import { estimatesFor, estimatesOf } from '../../../../src/domain/modelling/estimates';
import type { Estimate, Metric, ScoredRows } from '../../../../src/domain/modelling/metric';
import { metricNamed, metricsFor } from '../../../../src/domain/modelling/metrics/registry';
import { takenGroups, type RowGroups } from '../../../../src/domain/modelling/rowGroups';
import { metricValue, takenRows } from '../../../../src/domain/modelling/scoredRows';
import { seeded } from '../../../../src/domain/random';
import { binaryRows, plantedBinary, plantedMulticlass, plantedRegression } from './scored';

const byName = (rows: ScoredRows, seed = 1): Map<string, Estimate> => new Map(estimatesFor(rows, { seed }).map(({ name, estimate }) => [name, estimate]));

describe('estimatesFor', () => {
  it.each([plantedBinary(300, 1), plantedMulticlass(300, 3, 1), plantedRegression(300, 1)])(
    'gives every metric of the shape, value within the interval ($shape)',
    (rows) => {
      const found = estimatesFor(rows, { seed: 1 });
      expect(found.map(({ name }) => name)).toEqual(metricsFor(rows.shape).map((metric) => metric.name));
      for (const { estimate } of found) {
        expect(estimate.low!).toBeLessThan(estimate.value!);
        expect(estimate.high!).toBeGreaterThan(estimate.value!);
      }
    },
  );

  it('names how each interval was made', () => {
    const found = byName(plantedBinary(300, 1));
    expect(found.get('accuracy')).toMatchObject({ n: 300, method: 'Wilson' });
    expect(found.get('roc_auc')).toMatchObject({ n: 300, method: 'bootstrap, 2,000 resamples, BCa' });
    expect(byName(plantedMulticlass(300, 3, 1)).get('recall')!.method).toBe('bootstrap, 2,000 resamples, BCa');
  });

  it('gives the same bits for the same rows in another order', () => {
    for (const rows of [plantedBinary(200, 2), plantedMulticlass(200, 3, 2), plantedRegression(200, 2)]) {
      const order = seeded(9).shuffle(Uint32Array.from({ length: 200 }, (_, i) => i));
      expect(estimatesFor(takenRows(rows, order), { seed: 4 })).toEqual(estimatesFor(rows, { seed: 4 }));
    }
  });

  it('gives one metric alone the figures that it has among all', () => {
    const rows = plantedBinary(200, 3);
    for (const { name, estimate } of estimatesFor(rows, { seed: 2 })) expect(estimateOf(metricNamed(name)!, rows, { seed: 2 })).toEqual(estimate);
  });

  it('leaves what is undefined without value and interval', () => {
    const found = byName(binaryRows([0, 0, 0], [0.1, 0.2, 0.3]));
    for (const name of ['precision', 'recall', 'f1', 'roc_auc', 'average_precision']) {
      expect(found.get(name)).toEqual({ value: null, low: null, high: null, n: 3, method: 'undefined' });
    }
    for (const { estimate } of estimatesFor(binaryRows([], []), { seed: 1 }))
      expect(estimate).toEqual({ value: null, low: null, high: null, n: 0, method: 'undefined' });
  });

  it('gives a perfect ranking an exact bound instead of an interval without width', () => {
    const truth = Array.from({ length: 40 }, (_, i) => (i < 30 ? 0 : 1));
    const found = byName(
      binaryRows(
        truth,
        truth.map((t, i) => 0.2 + 0.6 * t + i / 1000),
      ),
    );
    for (const name of ['roc_auc', 'f1', 'balanced_accuracy']) {
      expect(found.get(name)).toEqual({ value: 1, low: expect.closeTo(0.025 ** 0.1, 12) as number, high: 1, n: 40, method: 'exact, 10 perfect groups' });
    }
    expect(found.get('average_precision')).toMatchObject({ value: 1, low: null, high: null, method: 'bootstrap, 2,000 resamples, all alike' });
  });

  it('gives no exact bound to what is always 0 rather than always 1', () => {
    const wrong = byName(binaryRows([0, 0, 1, 1, 1], [0.9, 0.8, 0.1, 0.2, 0.3])).get('balanced_accuracy');
    expect(wrong).toEqual({ value: 0, low: null, high: null, n: 5, method: 'bootstrap, 2,000 resamples, all alike' });
  });

  it('has no interval when too many resamples are undefined, and says how many', () => {
    const auc = byName(binaryRows([1, 0, 0, 0, 0, 0, 0, 0], [0.4, 0.1, 0.2, 0.3, 0.35, 0.5, 0.6, 0.7])).get('roc_auc')!;
    expect(auc).toMatchObject({ low: null, high: null });
    expect(auc.method).toMatch(/^bootstrap, 2,000 resamples, \d+ undefined$/);
  });

  it('serves a metric that writes every resample out the same figures', () => {
    const rows = plantedBinary(60, 5);
    const fast = metricNamed('brier')!;
    const slow: Metric = {
      name: 'slow',
      shapes: fast.shapes,
      direction: 'lower',
      range: fast.range,
      weighted: (given) => (counts) =>
        metricValue(
          fast,
          takenRows(
            given,
            [...counts].flatMap((count, i) => Array<number>(count).fill(i)),
          ),
        ),
    };
    const [ours, theirs] = estimatesOf([fast, slow], rows, { seed: 3, resamples: 300 });
    expect(theirs!.estimate.low).toBeCloseTo(ours!.estimate.low!, 12);
    expect(theirs!.estimate.high).toBeCloseTo(ours!.estimate.high!, 12);
  });

  it('replaces the bootstrap above 50,000 rows by an interval as wide', () => {
    const rows = plantedBinary(50_001, 6);
    const fewer = takenRows(
      rows,
      Uint32Array.from({ length: 50_000 }, (_, i) => i),
    );
    for (const name of ['roc_auc', 'average_precision', 'f1', 'log_loss']) {
      const metric = metricNamed(name)!;
      const jackknife = estimateOf(metric, rows, { seed: 1 });
      const bootstrap = estimateOf(metric, fewer, { seed: 1, resamples: 400 });
      expect(jackknife.method).toBe('jackknife, 100 blocks');
      const ratio = (jackknife.high! - jackknife.low!) / (bootstrap.high! - bootstrap.low!);
      // The widths have relative errors of about 7 % (99 degrees of freedom) and 8 % (ends of 400 resamples).
      expect(ratio).toBeGreaterThan(0.7);
      expect(ratio).toBeLessThan(1.4);
    }
  });
});

describe('estimates of rows in groups', () => {
  /** Eight rows a group, groups dealt out in turn. */
  const groupsOf = (n: number, count: number): RowGroups => ({ of: Uint32Array.from({ length: n }, (_, i) => i % count), count });

  it('name the groups, and keep the rows that each figure rests on', () => {
    const rows = plantedBinary(240, 1);
    const found = new Map(estimatesFor(rows, { seed: 1, groups: groupsOf(240, 30) }).map(({ name, estimate }) => [name, estimate]));
    for (const [name, { method, n }] of found) {
      expect(method).toBe('bootstrap over 30 groups, 2,000 resamples, BCa');
      if (name === 'roc_auc') expect(n).toBe(240);
    }
    expect(found.get('recall')!.n).toBe(metricNamed('recall')!.proportion!(rows)!.of);
    expect(found.get('recall')!.value).toBe(metricValue(metricNamed('recall')!, rows));
  });

  it('are those of single rows where each group holds one', () => {
    const rows = plantedBinary(100, 2);
    expect(estimatesFor(rows, { seed: 1, groups: groupsOf(100, 100) })).toEqual(estimatesFor(rows, { seed: 1 }));
  });

  it('give the same bits for the same rows in another order', () => {
    for (const rows of [plantedBinary(200, 2), plantedRegression(200, 2), binaryRows(new Array(200).fill(0).map((_, i) => i % 2), new Array<number>(200).fill(0.3))]) {
      const groups = groupsOf(200, 25);
      const order = seeded(9).shuffle(Uint32Array.from({ length: 200 }, (_, i) => i));
      expect(estimatesFor(takenRows(rows, order), { seed: 4, groups: takenGroups(groups, order) })).toEqual(estimatesFor(rows, { seed: 4, groups }));
    }
  });

  it('rest on the groups, not the rows, where nothing is wrong', () => {
    const truth = Array.from({ length: 80 }, (_, i) => (i % 10 < 7 ? 0 : 1));
    const rows = binaryRows(
      truth,
      truth.map((t, i) => 0.2 + 0.6 * t + i / 1000),
    );
    const found = new Map(estimatesFor(rows, { seed: 1, groups: groupsOf(80, 10) }).map(({ name, estimate }) => [name, estimate]));
    const low = (groups: number): object => expect.closeTo(0.025 ** (1 / groups), 12) as object;
    // Ten groups of eight rows, three of them of the positive class.
    expect(found.get('accuracy')).toEqual({ value: 1, low: low(10), high: 1, n: 80, method: 'exact, 10 groups alike' });
    expect(found.get('recall')).toEqual({ value: 1, low: low(3), high: 1, n: 24, method: 'exact, 3 groups alike' });
    expect(found.get('roc_auc')).toEqual({ value: 1, low: low(3), high: 1, n: 80, method: 'exact, 3 groups alike' });
    expect(found.get('average_precision')).toMatchObject({ value: 1, low: null, high: null });
  });

  it('have no interval of a single group', () => {
    const rows = plantedBinary(50, 3);
    for (const { name, estimate } of estimatesFor(rows, { seed: 1, groups: groupsOf(50, 1) })) expect([name, estimate.low, estimate.high]).toEqual([name, null, null]);
  });

  it('leave out whole groups above 50,000 rows', () => {
    const rows = plantedBinary(50_001, 6);
    const found = estimateOf(metricNamed('accuracy')!, rows, { seed: 1, groups: groupsOf(50_001, 300) });
    expect(found.method).toBe('jackknife over 300 groups, 100 blocks');
    expect(found.high! - found.low!).toBeGreaterThan(0.004);
  });
});

describe('coverage of planted truth', () => {
  const trials = 400;
  /** Share of intervals that hold the truth: between 4 Monte-Carlo errors below 95 % (less a small allowance for the bootstrap) and above. */
  const covers = (truth: number, of: (seed: number) => Estimate): number => {
    let held = 0;
    for (let t = 1; t <= trials; t++) {
      const { low, high } = of(t);
      if (low! <= truth && truth <= high!) held++;
    }
    return held / trials;
  };
  const error = Math.sqrt((0.95 * 0.05) / trials);

  // Scores are logistic(N(±½, 1)): P(score of a positive > score of a negative) = Φ(1/√2), P(right at 0.5) = Φ(½).
  it('the interval of accuracy holds Φ(½) in 95 % of samples', () => {
    const share = covers(0.6914624612740131, (seed) => estimateOf(metricNamed('accuracy')!, plantedBinary(200, seed), { seed }));
    expect(Math.abs(share - 0.95)).toBeLessThan(4 * error);
  });

  it('the interval of AUC holds Φ(1/√2) in 95 % of samples, less at most one point for n = 150', () => {
    const share = covers(0.7602499389065233, (seed) => estimateOf(metricNamed('roc_auc')!, plantedBinary(150, seed + 1000), { seed, resamples: 1000 }));
    expect(share).toBeGreaterThan(0.94 - 3 * error);
    expect(share).toBeLessThan(0.95 + 4 * error);
    console.log(`coverage of AUC: ${share}`);
  });
});
