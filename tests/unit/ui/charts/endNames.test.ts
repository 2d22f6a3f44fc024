/** @file Names at the ends of lines never cover one another and stay on the chart. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadNames } from '../../../../src/ui/charts/endNames';

describe('spreadNames', () => {
  it('leaves names alone that do not meet', () => {
    expect(
      spreadNames(
        [
          { x: 0, y: 50, width: 60, height: 20 },
          { x: 0, y: 120, width: 60, height: 20 },
        ],
        0,
        200,
      ),
    ).toEqual([50, 120]);
    expect(
      spreadNames(
        [
          { x: 0, y: 50, width: 60, height: 20 },
          { x: 100, y: 52, width: 60, height: 20 },
        ],
        0,
        200,
      ),
    ).toEqual([50, 52]);
  });

  it('parts names that meet, in the order of their lines', () => {
    const [a, b] = spreadNames(
      [
        { x: 0, y: 50, width: 60, height: 20 },
        { x: 10, y: 52, width: 60, height: 20 },
      ],
      0,
      200,
    );
    expect(b! - a!).toBeGreaterThanOrEqual(20);
  });

  it('keeps a column of names apart and within the chart when there is room', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 8 }), (ys) => {
        const boxes = ys.map((y) => ({ x: 0, y, width: 50, height: 30 }));
        const middles = [...spreadNames(boxes, 0, 300)].sort((a, b) => a - b);
        for (let i = 1; i < middles.length; i++) expect(middles[i]! - middles[i - 1]!).toBeGreaterThanOrEqual(30);
        expect(middles[0]!).toBeGreaterThanOrEqual(15);
        expect(middles[middles.length - 1]!).toBeLessThanOrEqual(285);
      }),
    );
  });
});
