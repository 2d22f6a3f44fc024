import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { seeded } from '../../../../src/domain/random';
import { kMeans, type KMeansPlan } from '../../../../workers/unsupervised/kMeans';

const clouds = (rows: number, features: number, count: number, seed: number): Float32Array => {
  const random = seeded(seed);
  // At corners of a cube.
  const middles = Array.from({ length: count * features }, (_, at) => 20 * ((Math.floor(at / features) >> at % features) & 1));
  return Float32Array.from({ length: rows * features }, (_, at) => middles[(Math.floor(at / features) % count) * features + (at % features)]! + random.normal());
};
const plan = (clusters: number, more: Partial<KMeansPlan> = {}): KMeansPlan => ({ clusters, seed: 3, engine: 'plain', ...more });

describe('k-means', () => {
  it('gives the same bits by the kernel as by its twin, for any rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 1000 }), fc.constantFrom(1, 1e-30, 1e30), async (rows, features, wanted, seed, size) => {
        const clusters = Math.min(wanted, rows);
        const random = seeded(seed);
        // Whole numbers make ties; far from zero, float32 cannot decide.
        const x = Float32Array.from({ length: rows * features }, () => size * (random.next() < 0.5 ? random.below(3) : 1000 + random.normal()));
        const [native, plain] = [await kMeans(x, rows, features, plan(clusters, { seed, engine: 'native', starts: 2 })), await kMeans(x, rows, features, plan(clusters, { seed, starts: 2 }))];
        expect(Array.from(native.labels)).toEqual(Array.from(plain.labels));
        expect(Array.from(native.centres)).toEqual(Array.from(plain.centres));
        expect([native.inertia, native.iterations]).toEqual([plain.inertia, plain.iterations]);
      }),
      { seed: 17, numRuns: 60 },
    );
  });

  it('finds clouds that are far apart, whatever the seed', async () => {
    const x = clouds(400, 3, 4, 5);
    for (let seed = 1; seed <= 5; seed++) {
      const { labels, centres } = await kMeans(x, 400, 3, plan(4, { seed, engine: 'native', starts: 3 }));
      for (let i = 4; i < 400; i++) expect(labels[i]).toBe(labels[i % 4]);
      expect(new Set(labels.subarray(0, 4)).size).toBe(4);
      expect(centres.length).toBe(12);
    }
  });

  it('gives each row its nearest centre, and each centre the mean of its rows', async () => {
    const [rows, features, clusters] = [300, 4, 7];
    const x = clouds(rows, features, 1, 6);
    const { labels, centres, inertia } = await kMeans(x, rows, features, plan(clusters, { engine: 'native', tolerance: 0 }));
    const square = (i: number, c: number): number => {
      let sum = 0;
      for (let f = 0; f < features; f++) sum += (x[i * features + f]! - centres[c * features + f]!) ** 2;
      return sum;
    };
    let total = 0;
    for (let i = 0; i < rows; i++) {
      for (let c = 0; c < clusters; c++) expect(square(i, labels[i]!)).toBeLessThanOrEqual(square(i, c));
      total += square(i, labels[i]!);
    }
    expect(Math.abs(total - inertia)).toBeLessThan(1e-9 * total);
    for (let c = 0; c < clusters; c++)
      for (let f = 0; f < features; f++) {
        const own = Array.from(labels.keys()).filter((i) => labels[i] === c);
        expect(centres[c * features + f]).toBeCloseTo(own.reduce((sum, i) => sum + x[i * features + f]!, 0) / own.length, 10);
      }
  });

  it('gives a centre without rows the row that is furthest from its own', async () => {
    const x = Float32Array.of(0, 1, 2, 50);
    const { labels, centres } = await kMeans(x, 4, 1, plan(2, { initial: Float64Array.of(1, 1e6) }));
    expect(Array.from(labels)).toEqual([0, 0, 0, 1]);
    expect(Array.from(centres)).toEqual([1, 50]);
  });

  it('ends for rows that are all the same, and for as many clusters as rows', async () => {
    for (const engine of ['native', 'plain'] as const) {
      expect((await kMeans(new Float32Array(30).fill(4), 10, 3, plan(3, { engine }))).inertia).toBe(0);
      expect((await kMeans(Float32Array.of(1, 5, 9), 3, 1, plan(3, { engine }))).inertia).toBe(0);
    }
  });

  it('refuses numbers that are not finite, more clusters than rows, and a start of another size', async () => {
    await expect(kMeans(Float32Array.of(1, NaN), 2, 1, plan(1))).rejects.toThrow(/feature 0 of row 1/);
    await expect(kMeans(Float32Array.of(1, 2), 2, 1, plan(3))).rejects.toThrow(RangeError);
    await expect(kMeans(Float32Array.of(1, 2), 2, 1, plan(1, { initial: new Float64Array(2) }))).rejects.toThrow(RangeError);
  });
});
