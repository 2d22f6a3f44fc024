import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../src/domain/random';
import { binned, binsOf, missingBin, mostBins } from '../../../../../workers/training/trees/binning';

const column = (values: ArrayLike<number>) => ({ rows: values.length, features: 1, x: Float32Array.from(values) });
const category = (categories: number) => [{ name: 'c', column: 'c', categories }];
const counted = (codes: Uint8Array): number[] => {
  const counts = Array<number>(256).fill(0);
  for (const code of codes) counts[code]!++;
  return counts;
};

describe('bins', () => {
  it('give each of a few values its own, with the edge halfway in float32', () => {
    const [bins] = binsOf(column([3, 1, 2, 2, -0, 0]), undefined, { seed: 1 });
    expect(Array.from(bins!.edges)).toEqual([0.5, 1.5, 2.5]);
    expect(Array.from(binned(Float32Array.of(-9, 0.5, 0.6, 2.5, 99, NaN), 6, [bins!]))).toEqual([1, 1, 2, 3, 4, missingBin]);
  });

  it('put x in bins 1 to b exactly when x is at most the edge of b, for neighbouring float32 and huge values too', () => {
    const one = Math.fround(1);
    const next = Math.fround(1 + 2 ** -23);
    const values = [-3.4e38, -1e-45, 0, 1e-45, one, next, 3.4e38];
    const bins = binsOf(column(values), undefined, { seed: 1 });
    const { edges } = bins[0]!;
    const codes = binned(Float32Array.from(values), values.length, bins);
    expect(Array.from(codes)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    values.forEach((value, i) => edges.forEach((edge, b) => expect(Math.fround(value) <= edge).toBe(codes[i]! <= b + 1)));
  });

  it('hold about as many rows each where values are many, and a heavy value stands alone', () => {
    const random = seeded(3);
    const values = Array.from({ length: 50_000 }, (_, i) => (i % 10 === 0 ? 0.25 : random.normal() ** 3));
    const bins = binsOf(column(values), undefined, { seed: 1 });
    const codes = binned(Float32Array.from(values), values.length, bins);
    const counts = counted(codes);
    expect(bins[0]!.bins).toBeGreaterThan(240);
    expect(bins[0]!.bins).toBeLessThanOrEqual(mostBins);
    const heavy = codes[values.indexOf(0.25)]!;
    expect(counts[heavy]).toBe(5000);
    counts.forEach((count, code) => code !== heavy && expect(count).toBeLessThan(2 * (45_000 / 250)));
  });

  it('are the same rows under any increasing map, and in any order of the rows', () => {
    const random = seeded(4);
    const values = Float32Array.from({ length: 3000 }, () => Math.fround(random.normal()));
    const codes = binned(values, 3000, binsOf(column(values), undefined, { seed: 1 }));
    const mapped = values.map((value) => value * 1024);
    expect(binned(mapped, 3000, binsOf(column(mapped), undefined, { seed: 1 }))).toEqual(codes);
    const reversed = values.slice().reverse();
    expect(binsOf(column(reversed), undefined, { seed: 1 })).toEqual(binsOf(column(values), undefined, { seed: 1 }));
  });

  it('take a weight of two as the row twice over, and of zero as none', () => {
    const random = seeded(5);
    const values = Array.from({ length: 2000 }, () => random.normal());
    const weights = Float64Array.from(values, (_, i) => i % 3);
    const twice = values.flatMap((value, i) => Array<number>(i % 3).fill(value));
    expect(binsOf({ ...column(values), weights }, undefined, { seed: 1 })).toEqual(binsOf(column(twice), undefined, { seed: 1 }));
  });

  it('come from a sample of many rows, the same one for the same seed', () => {
    const random = seeded(6);
    const values = Float32Array.from({ length: 450_000 }, () => random.next());
    const first = binsOf(column(values), undefined, { seed: 2 });
    expect(binsOf(column(values), undefined, { seed: 2 })).toEqual(first);
    expect(binsOf(column(values), undefined, { seed: 3 })).not.toEqual(first);
    const counts = counted(binned(values, values.length, first));
    for (let code = 1; code <= first[0]!.bins; code++) expect(Math.abs(counts[code]! / (450_000 / 255) - 1)).toBeLessThan(0.25);
  });

  it('give categories bins of their own, and none to the rare of a million, the unknown and the missing', () => {
    const [few] = binsOf(column([4, 0, 4, NaN]), category(6), { seed: 1 });
    expect(few).toMatchObject({ bins: 2, kept: Int32Array.of(0, 4) });
    expect(Array.from(binned(Float32Array.of(0, 4, 1, 7, -1, NaN), 6, [few!]))).toEqual([1, 2, 0, 0, 0, 0]);
    const codes = Array.from({ length: 4000 }, (_, i) => (i < 2000 ? 999_999 - (i % 300) : i));
    const [many] = binsOf(column(codes), category(1_000_000), { seed: 1 });
    expect(many!.bins).toBe(mostBins);
    expect(many!.kept!.every((code, i, all) => code > 999_000 && (i === 0 || code > all[i - 1]!))).toBe(true);
  });

  it('are one for a constant, none for a column of missing values or without rows', () => {
    expect(binsOf(column([7, 7, NaN]), undefined, { seed: 1 })[0]!.bins).toBe(1);
    expect(binsOf(column([NaN, NaN]), undefined, { seed: 1 })[0]!.bins).toBe(0);
    expect(binsOf(column([]), undefined, { seed: 1 })[0]!.bins).toBe(0);
    expect(Array.from(binned(Float32Array.of(1, NaN), 2, binsOf(column([NaN]), undefined, { seed: 1 })))).toEqual([1, 0]);
  });
});
