import { describe, expect, it } from 'vitest';
import { restored, seeded } from '../../../src/domain/random';

describe('seeded chance', () => {
  it('repeats under a seed and differs under another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, ((random) => () => random.next())(seeded(seed)));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('goes on from a saved state', () => {
    const random = seeded(3);
    random.next();
    const copy = restored(random.state());
    expect([copy.next(), copy.next()]).toEqual([random.next(), random.next()]);
  });

  it('refuses seeds that other libraries read as no seed', () => {
    for (const seed of [0, -1, 1.5, NaN]) expect(() => seeded(seed)).toThrow(RangeError);
  });

  it('is uniform: 64 bins of 64,000 draws pass a χ² test at one in a thousand', () => {
    const random = seeded(5);
    const bins = new Array<number>(64).fill(0);
    for (let i = 0; i < 64_000; i++) bins[Math.floor(random.next() * 64)]!++;
    const statistic = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(statistic).toBeLessThan(103.4); // χ² with 63 degrees of freedom, upper 0.1 %
  });

  it('draws normals with mean 0 and deviation 1', () => {
    const random = seeded(6);
    const draws = Array.from({ length: 20_000 }, () => random.normal());
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(20_000));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
  });

  it('shuffles to a permutation', () => {
    const items = seeded(7).shuffle(Array.from({ length: 100 }, (_, i) => i));
    expect([...items].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(items).not.toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});
