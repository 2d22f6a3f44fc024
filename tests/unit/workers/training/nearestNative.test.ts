import { describe, expect, it } from 'vitest';
import { nearestRows, noNearest, type Nearest } from '../../../../src/domain/modelling/nearest';
import { seeded } from '../../../../src/domain/random';
import { nearestNative } from '../../../../workers/training/nearestNative';

const still = (): undefined => undefined;

/** The kernel's answer and the twin's for the same queries. */
async function both(rows: Float32Array, features: number, k: number, queries: Float32Array): Promise<{ readonly native: Nearest; readonly plain: Nearest }> {
  const count = queries.length / features;
  const search = await nearestNative(rows, features, k);
  const native = noNearest(count, k);
  for (let from = 0; from < count; from += search.block) {
    const to = Math.min(count, from + search.block);
    const found = await search.find(queries.subarray(from * features, to * features), to - from, still);
    native.indices.set(found.indices, from * k);
    native.squares.set(found.squares, from * k);
  }
  const plain = noNearest(count, k);
  for (let q = 0; q < count; q++) nearestRows(rows, features, queries, q * features, k, plain, q);
  return { native, plain };
}

const tables: Record<string, (value: () => number) => number> = {
  'normal numbers': (normal) => normal(),
  'numbers far from zero, whose squares drown in float32': (normal) => 1e6 + normal(),
  'huge numbers, whose squares overflow float32': (normal) => 1e37 * normal(),
  'tiny numbers, whose squares vanish in float32': (normal) => 1e-38 * normal(),
  'zeros and ones, nearly all of them at the same distance': (normal) => (normal() > 1 ? 1 : 0),
  'constants': () => 7.25,
  'a few numbers far outside': (normal) => (normal() > 2.5 ? 1e20 : normal()),
};

describe('the nearest rows by the kernel', () => {
  for (const [name, of] of Object.entries(tables)) {
    it(`are those of the twin, bit for bit: ${name}`, async () => {
      const random = seeded(31);
      for (const [n, features, k, count] of [
        [1, 1, 1, 3],
        [7, 3, 7, 5],
        [333, 5, 4, 70],
        [1000, 20, 11, 260],
        [129, 70, 64, 9],
      ] as const) {
        const rows = Float32Array.from({ length: n * features }, () => of(() => random.normal()));
        const queries = Float32Array.from({ length: count * features }, () => of(() => random.normal()));
        // One query is a row itself, one is far away from all.
        queries.set(rows.subarray(0, features));
        queries.fill(3e38, features, 2 * features);
        const { native, plain } = await both(rows, features, k, queries);
        expect(Array.from(native.indices)).toEqual(Array.from(plain.indices));
        expect(Array.from(new BigUint64Array(native.squares.buffer))).toEqual(Array.from(new BigUint64Array(plain.squares.buffer)));
      }
    });
  }

  it('come by distance, and of equally near ones the first row first', async () => {
    const rows = Float32Array.of(5, 1, 1, 2, 1, 0);
    const { native } = await both(rows, 1, 5, Float32Array.of(1));
    expect(Array.from(native.indices)).toEqual([1, 2, 4, 3, 5]);
    expect(Array.from(native.squares)).toEqual([0, 0, 0, 1, 1]);
  });

  it('are found however rows are ordered: each next one nearer than all before', async () => {
    const n = 5000;
    const rows = Float32Array.from({ length: n }, (_, i) => n - i);
    const { native, plain } = await both(rows, 1, 3, Float32Array.of(0));
    expect(Array.from(native.indices)).toEqual([n - 1, n - 2, n - 3]);
    expect(native.squares).toEqual(plain.squares);
  });

  it('refuses more queries than it has room for', async () => {
    const search = await nearestNative(Float32Array.of(1, 2), 1, 1);
    await expect(search.find(new Float32Array(search.block + 1), search.block + 1, still)).rejects.toThrow(RangeError);
  });
});
