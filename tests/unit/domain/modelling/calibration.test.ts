import { describe, expect, it } from 'vitest';
import { reliability, reliabilityOf } from '../../../../src/domain/modelling/calibration';
import { wilson } from '../../../../src/domain/modelling/wilson';
import { seeded } from '../../../../src/domain/random';
import { plantedMulticlass } from './scored';

const calibrated = (n: number): { scores: Float64Array; events: Uint8Array } => {
  const random = seeded(8);
  const scores = Float64Array.from({ length: n }, () => random.next());
  return { scores, events: Uint8Array.from(scores, (s) => (random.next() < s ? 1 : 0)) };
};

describe('reliability', () => {
  it('puts a score on an edge into the lower bin, and 0 and 1 into the outer ones', () => {
    const { bins } = reliability(Float64Array.of(0, 0.5, 0.51, 1), Uint8Array.of(0, 1, 1, 1), 'equalWidth', 2);
    expect(bins.map((bin) => bin.n)).toEqual([2, 2]);
    expect(bins[0]).toMatchObject({ from: 0, to: 0.5, meanScore: 0.25, observed: 0.5, interval: wilson(1, 2) });
  });

  it('computes the expected calibration error over its bins', () => {
    // Two bins of two: |0.5 − 0.25| and |1 − 0.755|, each with half the rows.
    expect(reliability(Float64Array.of(0, 0.5, 0.51, 1), Uint8Array.of(0, 1, 1, 1), 'equalWidth', 2).error).toBeCloseTo(0.5 * 0.25 + 0.5 * 0.245, 12);
  });

  it.each(['equalWidth', 'equalCount'] as const)('finds little error in calibrated scores and much in shifted ones (%s)', (binning) => {
    const { scores, events } = calibrated(20_000);
    // The expected |noise| of ten bins of 2,000 is about 0.8 √(⅙ / 2000) = 0.007.
    expect(reliability(scores, events, binning).error!).toBeLessThan(0.015);
    expect(
      reliability(
        scores.map((s) => s ** 3),
        events,
        binning,
      ).error!,
    ).toBeGreaterThan(0.2);
  });

  it('equal-count bins hold equally many distinct scores', () => {
    const { scores, events } = calibrated(1001);
    expect(reliability(scores, events, 'equalCount').bins.map((bin) => bin.n)).toEqual([101, ...Array.from({ length: 9 }, () => 100)]);
  });

  it('every row is in one bin, also when all scores are tied', () => {
    const { bins, error } = reliability(new Float64Array(7).fill(0.3), Uint8Array.of(1, 0, 0, 1, 0, 0, 0), 'equalCount');
    expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(7);
    expect(bins.at(-1)).toMatchObject({ n: 0, meanScore: null, observed: null, interval: null });
    expect(error).toBeCloseTo(Math.abs(2 / 7 - 0.3), 12);
  });

  it('without rows there are empty bins and no error', () => {
    for (const binning of ['equalWidth', 'equalCount'] as const) {
      const empty = reliability(new Float64Array(0), new Uint8Array(0), binning, 3);
      expect([empty.error, ...empty.bins.map((bin) => bin.n)]).toEqual([null, 0, 0, 0]);
    }
  });

  it('asks the predicted class of a multiclass model whether it was right', () => {
    const rows = plantedMulticlass(500, 4, 2);
    const { bins } = reliabilityOf(rows, 'equalWidth', 5);
    expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(500);
    expect(bins[0]!.n).toBe(0); // The largest of four probabilities is above one quarter.
  });

  it('gives each bin an interval over whole groups where rows come in groups', () => {
    const scores = Float64Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 0.2 : 0.8));
    // Groups of ten rows, all alike: the event happens to whole groups.
    const groups = { of: Uint32Array.from({ length: 200 }, (_, i) => Math.floor(i / 10)), count: 20 };
    const events = Uint8Array.from({ length: 200 }, (_, i) => (Math.floor(i / 10) % 4 === 0 ? 1 : 0));
    const over = reliability(scores, events, 'equalWidth', 2, { seed: 1, groups }).bins;
    const single = reliability(scores, events, 'equalWidth', 2).bins;
    over.forEach(({ observed, interval }, bin) => {
      expect(observed).toBe(single[bin]!.observed);
      // Five rows a group in each bin say no more than one: √5 times as wide, about.
      expect((interval!.high - interval!.low) / (single[bin]!.interval!.high - single[bin]!.interval!.low)).toBeGreaterThan(1.8);
    });
  });
});
