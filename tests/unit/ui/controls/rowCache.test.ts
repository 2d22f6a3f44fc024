/** @file Rows come in blocks, few at once, and the newest wish is served first. */
import { describe, expect, it } from 'vitest';
import { RowCache } from '../../../../src/ui/controls/rowCache';

interface Asked {
  readonly start: number;
  readonly count: number;
  readonly answer: () => void;
  readonly fail: () => void;
}

function setUp(rows: number): { cache: RowCache; asked: Asked[]; changes: () => number } {
  const asked: Asked[] = [];
  let changes = 0;
  const cache = new RowCache(
    (start, count) =>
      new Promise((resolve, reject) => {
        asked.push({
          start,
          count,
          answer: () => resolve(Array.from({ length: count }, (_, at) => [`row ${start + at}`])),
          fail: () => reject(new Error('disk')),
        });
      }),
    rows,
    () => changes++,
  );
  return { cache, asked, changes: () => changes };
}
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

describe('RowCache', () => {
  it('asks for whole blocks, and not past the last row', async () => {
    const { cache, asked } = setUp(200);
    cache.want(120, 20);
    expect(asked.map(({ start, count }) => [start, count])).toEqual([
      [0, 128],
      [128, 72],
    ]);
    asked.forEach((ask) => ask.answer());
    await settled();
    expect(cache.at(130)).toEqual(['row 130']);
  });

  it('says that a row is loading until it comes', async () => {
    const { cache, asked, changes } = setUp(1000);
    cache.want(0, 10);
    expect(cache.at(3)).toBe('loading');
    asked[0]!.answer();
    await settled();
    expect(cache.at(3)).toEqual(['row 3']);
    expect(changes()).toBe(1);
  });

  it('skips wishes that were passed over while two were under way', async () => {
    const { cache, asked } = setUp(1_000_000);
    cache.want(0, 10);
    cache.want(500_000, 10);
    cache.want(600_000, 10);
    cache.want(900_000, 10);
    expect(asked).toHaveLength(2);
    asked[0]!.answer();
    await settled();
    expect(asked).toHaveLength(3);
    expect(asked[2]!.start).toBeLessThanOrEqual(900_000);
    expect(asked[2]!.start + 128).toBeGreaterThan(900_000);
  });

  it('says which rows could not be read, and tries again when they are wanted again', async () => {
    const { cache, asked } = setUp(100);
    cache.want(0, 10);
    asked[0]!.fail();
    await settled();
    expect(cache.at(0)).toBe('failed');
    cache.want(0, 10);
    expect(asked).toHaveLength(2);
    asked[1]!.answer();
    await settled();
    expect(cache.at(0)).toEqual(['row 0']);
  });

  it('shows an edited cell at once', async () => {
    const { cache, asked } = setUp(100);
    cache.want(0, 10);
    asked[0]!.answer();
    await settled();
    cache.put(4, 0, 'new');
    expect(cache.at(4)).toEqual(['new']);
    expect(cache.at(5)).toEqual(['row 5']);
  });

  it('forgets old blocks, so that a walk through a million rows stays small', async () => {
    const { cache, asked } = setUp(1_000_000);
    for (let row = 0; row < 20_000; row += 128) {
      cache.want(row, 1);
      asked[asked.length - 1]!.answer();
      await settled();
    }
    expect(cache.at(0)).toBe('loading');
    expect(cache.at(19_900)).toEqual(['row 19900']);
  });
});
