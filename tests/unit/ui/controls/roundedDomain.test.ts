import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundedDomain } from '../../../../src/ui/controls/roundedDomain';

describe('a rounded scale', () => {
  it('has ends that are short to write', () => {
    expect(roundedDomain([{ value: 0.862, low: 0.8372, high: 0.8851, target: 0.84 }])).toEqual([0.83, 0.89]);
    expect(roundedDomain([{ value: 640, low: 571, high: 718 }])).toEqual([560, 730]);
  });

  it('does not leave the range of possible values', () => {
    expect(roundedDomain([{ value: 0.01, low: 0, high: 0.6 }], [0, 1])[0]).toBe(0);
  });

  it('holds everything that is drawn on it', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, number, (a, b, target) => {
        const [low, high] = roundedDomain([{ value: a, low: Math.min(a, b), high: Math.max(a, b), target }]);
        expect(low).toBeLessThanOrEqual(Math.min(a, b, target) + 1e-9 * Math.abs(low));
        expect(high).toBeGreaterThanOrEqual(Math.max(a, b, target) - 1e-9 * Math.abs(high));
      }),
      { examples: [[-5e-323, -5e-323, -5e-323]] },
    );
  });
});
