import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../src/domain/random';
import { isolationForest, isolationScores, meanPath } from '../../../../workers/unsupervised/isolationForest';

const cloud = (rows: number, features: number, seed: number): Float32Array => {
  const random = seeded(seed);
  return Float32Array.from({ length: rows * features }, () => random.normal());
};

describe('an isolation forest', () => {
  it('finds a row far outside more unusual than any other', async () => {
    const x = cloud(300, 3, 1);
    x.set([9, -9, 9], 0);
    const scores = await isolationScores(await isolationForest(x, 300, 3, { seed: 2 }), x, 300);
    expect(scores.indexOf(Math.max(...scores))).toBe(0);
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
  });

  it('is the same from the same seed and another from another', async () => {
    const x = cloud(100, 2, 3);
    const [one, same, other] = await Promise.all([5, 5, 6].map((seed) => isolationForest(x, 100, 2, { seed })));
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('scores a row by itself, whatever rows come with it', async () => {
    const x = cloud(100, 2, 3);
    const forest = await isolationForest(x, 100, 2, { seed: 5, trees: 20 });
    const together = await isolationScores(forest, x, 100);
    expect((await isolationScores(forest, x.slice(2 * 40, 2 * 41), 1))[0]).toBe(together[40]);
  });

  it('is left alone by a feature that is scaled by a power of two', async () => {
    const x = cloud(200, 3, 4);
    const scaled = x.map((value, at) => (at % 3 === 1 ? 4 * value : value));
    const scores = async (of: Float32Array): Promise<Float64Array> => isolationScores(await isolationForest(of, 200, 3, { seed: 5 }), of, 200);
    expect(Array.from(await scores(scaled))).toEqual(Array.from(await scores(x)));
  });

  it('calls all rows alike where nothing varies, and where there is one row', async () => {
    for (const rows of [1, 50]) {
      const x = new Float32Array(2 * rows).fill(7);
      const scores = await isolationScores(await isolationForest(x, rows, 2, { seed: 1 }), x, rows);
      expect(scores.every((score) => Math.abs(score - 0.5) < 1e-12)).toBe(true);
    }
  });

  it('separates numbers that are next to each other in float32', async () => {
    const x = Float32Array.of(16777214, 16777215, 1, 1);
    const forest = await isolationForest(x, 2, 2, { seed: 1, trees: 50 });
    const scores = await isolationScores(forest, Float32Array.of(16777214, 1, 16777215, 1), 2);
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  it('refuses no rows and numbers that are not finite', async () => {
    await expect(isolationForest(new Float32Array(0), 0, 2, { seed: 1 })).rejects.toThrow(RangeError);
    await expect(isolationForest(Float32Array.of(1, NaN), 2, 1, { seed: 1 })).rejects.toThrow(/row 1/);
  });

  it('expects the path length of a search tree: harmonic numbers, within the asymptotic formula', () => {
    expect([meanPath(0), meanPath(1), meanPath(2)]).toEqual([0, 0, 1]);
    const n = 256;
    let harmonic = 0;
    for (let i = 1; i < n; i++) harmonic += 1 / i;
    expect(Math.abs(meanPath(n) - (2 * harmonic - (2 * (n - 1)) / n))).toBeLessThan(5e-3);
  });
});
