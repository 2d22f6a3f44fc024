import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScoredRows } from '../../../../src/domain/modelling/metric';
import { metricNamed, metricsFor } from '../../../../src/domain/modelling/metrics/registry';
import { mcNemar, mcNemarOf, pairedDifference } from '../../../../src/domain/modelling/paired';
import { takenRows } from '../../../../src/domain/modelling/scoredRows';
import { signFlips } from '../../../../src/domain/modelling/signFlips';
import { seeded } from '../../../../src/domain/random';
import { Refusal } from '../../../../src/domain/refusal';
import { binaryRows, plantedBinary, plantedMulticlass, plantedRegression } from './scored';

/** Another model on the same rows: the scores with noise added. */
function noisier(rows: ScoredRows, noise: number, seed: number): ScoredRows {
  if (rows.shape === 'regression') throw new Error('classes expected');
  const random = seeded(seed);
  const scores = Float64Array.from(rows.truth, (_, i) => {
    const p = rows.probabilities[2 * i + 1]!;
    return 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + noise * random.normal())));
  });
  return binaryRows(rows.truth, scores);
}

describe('mcNemar', () => {
  it('of 5 against 15 is exact: p 0.041389; corrected: χ² 4.05, p 0.044171', () => {
    expect(mcNemar(5, 15)).toMatchObject({ method: 'McNemar, exact', p: expect.closeTo(0.041389, 6) as number, statistic: null });
    expect(mcNemar(5, 15, 'corrected')).toMatchObject({ statistic: expect.closeTo(4.05, 12) as number, p: expect.closeTo(0.044171, 6) as number });
  });

  it('is exact up to 25 discordant rows and does not mind which model comes first', () => {
    expect([mcNemar(12, 13).method, mcNemar(13, 13).method]).toEqual(['McNemar, exact', 'McNemar, χ² with continuity correction']);
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (b, c) => {
        expect(mcNemar(b, c).p).toBe(mcNemar(c, b).p);
        expect(mcNemar(b, c).p).toBeLessThanOrEqual(1);
      }),
    );
    for (const test of ['auto', 'exact', 'corrected'] as const) expect(mcNemar(0, 0, test).p).toBe(1);
    expect(mcNemar(40, 40).p).toBe(1);
  });

  it('counts the rows that only one of two models got right', () => {
    const candidate = binaryRows([0, 0, 1, 1, 1], [0.1, 0.2, 0.9, 0.9, 0.2]);
    const baseline = binaryRows([0, 0, 1, 1, 1], [0.1, 0.8, 0.9, 0.1, 0.9]);
    expect(mcNemarOf(candidate, baseline)).toMatchObject({ onlyCandidate: 2, onlyBaseline: 1 });
  });
});

describe('pairedDifference', () => {
  it('of a model with itself is 0, with p = 1', () => {
    for (const rows of [plantedBinary(80, 1), plantedMulticlass(80, 3, 1), plantedRegression(80, 1), plantedBinary(60_000, 1)]) {
      for (const metric of metricsFor(rows.shape)) {
        expect(pairedDifference(metric, rows, rows, { seed: 1, resamples: 200 })).toMatchObject({ difference: 0, low: 0, high: 0, p: 1 });
      }
    }
  });

  it('that no resample changes has no width, and no p unless it is 0', () => {
    const truth = Float64Array.of(1, 2, 3, 4);
    const off = (by: number): ScoredRows => ({ shape: 'regression', truth, predicted: truth.map((t) => t + by) });
    expect(pairedDifference(metricNamed('mae')!, off(2), off(1), { seed: 1 })).toMatchObject({ difference: 1, low: 1, high: 1, p: null });
  });

  it('changes sign when the models change places', () => {
    const one = plantedBinary(120, 2);
    const other = noisier(one, 1, 3);
    const metric = metricNamed('accuracy')!;
    const forth = pairedDifference(metric, one, other, { seed: 1 });
    const back = pairedDifference(metric, other, one, { seed: 1 });
    expect(back.difference).toBe(-forth.difference!);
    expect(back.n).toBe(120);
  });

  it('does not depend on the order of rows', () => {
    const one = plantedBinary(120, 2);
    const other = noisier(one, 1, 3);
    const order = seeded(5).shuffle(Uint32Array.from({ length: 120 }, (_, i) => i));
    const metric = metricNamed('roc_auc')!;
    expect(pairedDifference(metric, takenRows(one, order), takenRows(other, order), { seed: 1 })).toEqual(pairedDifference(metric, one, other, { seed: 1 }));
  });

  it('its p is below 0.05 just when 0 is outside the interval', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const one = plantedBinary(150, seed);
      const found = pairedDifference(metricNamed('roc_auc')!, one, noisier(one, 0.8, seed + 500), { seed });
      // Either side of the boundary by one resample is the same thing.
      if (found.p! < 0.048) expect(found.low! > 0 || found.high! < 0).toBe(true);
      if (found.p! > 0.052) expect(found.low! <= 0 && found.high! >= 0).toBe(true);
    }
  });

  it('is narrower than the intervals of the two models, and finds a real difference', () => {
    const one = plantedBinary(1500, 4, 2);
    const found = pairedDifference(metricNamed('roc_auc')!, one, noisier(one, 1, 6), { seed: 1 });
    expect(found.low!).toBeGreaterThan(0);
    expect(found.p!).toBeLessThan(0.01);
    expect(found.method).toBe('paired bootstrap, 2,000 resamples, percentile');
  });

  it('rejects no more than about 5 % of the time when two models are equally good', () => {
    const trials = 200;
    let rejected = 0;
    for (let seed = 1; seed <= trials; seed++) {
      const base = plantedBinary(150, seed, 2);
      const found = pairedDifference(metricNamed('roc_auc')!, noisier(base, 1, seed + 1000), noisier(base, 1, seed + 2000), { seed, resamples: 400 });
      if (found.p! < 0.05) rejected++;
    }
    // 5 % plus four Monte-Carlo errors.
    expect(rejected / trials).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / trials));
  });

  it('agrees between the bootstrap and the jackknife of blocks', () => {
    const one = plantedBinary(50_001, 7);
    const other = noisier(one, 0.3, 8);
    const large = pairedDifference(metricNamed('roc_auc')!, one, other, { seed: 1 });
    expect(large.method).toBe('paired jackknife, 100 blocks');
    const first = Uint32Array.from({ length: 50_000 }, (_, i) => i);
    const small = pairedDifference(metricNamed('roc_auc')!, takenRows(one, first), takenRows(other, first), { seed: 1, resamples: 400 });
    const ratio = (large.high! - large.low!) / (small.high! - small.low!);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });

  it('is undefined where the metric is', () => {
    const rows = binaryRows([0, 0], [0.1, 0.7]);
    expect(pairedDifference(metricNamed('roc_auc')!, rows, rows, { seed: 1 })).toEqual({
      difference: null,
      low: null,
      high: null,
      p: null,
      n: 2,
      method: 'undefined',
    });
  });

  it('refuses models that were not scored on the same rows', () => {
    const code = (candidate: ScoredRows, baseline: ScoredRows): unknown => {
      try {
        return pairedDifference(metricNamed('accuracy')!, candidate, baseline, { seed: 1 });
      } catch (error) {
        return error instanceof Refusal ? { code: error.code, ...error.details } : error;
      }
    };
    expect(code(plantedBinary(5, 1), plantedBinary(6, 1))).toEqual({ code: 'pairedRowCountsDiffer', candidate: 5, baseline: 6 });
    expect(code(binaryRows([0, 1, 1], [0, 0, 0]), binaryRows([0, 1, 0], [0, 0, 0]))).toEqual({ code: 'pairedTruthsDiffer', rows: 3, differing: 1 });
    expect(code(plantedBinary(5, 1), plantedMulticlass(5, 3, 1))).toEqual({ code: 'pairedTasksDiffer', candidate: 2, baseline: 3 });
  });
});

describe('two models on rows in groups', () => {
  const rows = plantedBinary(240, 1);
  const other = noisier(rows, 1.5, 2);
  const groups = { of: Uint32Array.from({ length: 240 }, (_, i) => i % 30), count: 30 };

  it('differ by as much, in an interval over whole groups', () => {
    const auc = metricNamed('roc_auc')!;
    const found = pairedDifference(auc, rows, other, { seed: 1, groups });
    expect(found.difference).toBe(pairedDifference(auc, rows, other, { seed: 1 }).difference);
    expect(found.method).toBe('paired bootstrap over 30 groups, 2,000 resamples, percentile');
  });

  it('are told apart by McNemar where no group has two rows, and by sign flips otherwise', () => {
    const single = { of: Uint32Array.from({ length: 240 }, (_, i) => i), count: 240 };
    expect(mcNemarOf(rows, other, single)).toEqual(mcNemarOf(rows, other));
    const found = mcNemarOf(rows, other, groups);
    expect(found).toMatchObject({ method: 'sign flips of whole groups, exact, 30 groups', statistic: null });
    expect(found.onlyCandidate).toBe(mcNemarOf(rows, other).onlyCandidate);
  });

  it('of copies of the same rows count once: p is that of one copy', () => {
    const copies = Uint32Array.from({ length: 240 * 3 }, (_, i) => i % 240);
    const groupsOfCopies = { of: copies, count: 240 };
    const p = mcNemarOf(takenRows(rows, copies), takenRows(other, copies), groupsOfCopies).p;
    expect(p).toBeCloseTo(mcNemar(mcNemarOf(rows, other).onlyCandidate, mcNemarOf(rows, other).onlyBaseline, 'exact').p, 12);
  });
});

describe('signFlips', () => {
  it('is exact McNemar where every lead is one row, and approximates where flips are too many', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (b, c) => {
        const leads = Int32Array.from({ length: b + c }, (_, i) => (i < b ? 1 : -1));
        expect(signFlips(leads).p).toBeCloseTo(mcNemar(b, c, 'exact').p, 10);
      }),
    );
    const many = Int32Array.from({ length: 20_000 }, (_, i) => (i % 5 < 3 ? 2 : -2));
    expect(signFlips(many)).toMatchObject({ method: 'sign flips of whole groups, χ²', statistic: 800 });
  });

  it('without a lead says nothing', () => {
    expect([signFlips(new Int32Array(5)).p, signFlips(new Int32Array(0)).p, signFlips(new Int32Array(0), 'approximate').p]).toEqual([1, 1, 1]);
  });
});
