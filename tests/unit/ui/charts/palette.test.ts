/** @file Series take the palette in its order and differ by dash as well as hue. */
import { describe, expect, it } from 'vitest';
import { categoryTokens, sequentialStep, seriesLook } from '../../../../src/ui/charts/palette';

describe('seriesLook', () => {
  it('takes the eight categories in order, then begins again', () => {
    expect(Array.from({ length: 9 }, (_, index) => seriesLook(index).category)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0]);
    expect(categoryTokens).toHaveLength(8);
  });

  it('gives no two of the first four the same dash', () => {
    expect(new Set([0, 1, 2, 3].map((index) => seriesLook(index).dash.join(' '))).size).toBe(4);
  });

  it('gives no two of the eight the same pair of hue and dash', () => {
    expect(new Set(Array.from({ length: 8 }, (_, index) => JSON.stringify(seriesLook(index)))).size).toBe(8);
  });
});

describe('sequentialStep', () => {
  it('goes from 1 to 7 over 0 to 1 and no further', () => {
    expect([0, 0.5, 0.999, 1, 2, -1, Number.NaN].map(sequentialStep)).toEqual([1, 4, 7, 7, 7, 1, 1]);
  });
});
