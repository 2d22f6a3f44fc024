/** @file A whisker never leaves its scale, and says when it would. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainOf, whiskerScale } from '../../../../src/ui/controls/whiskerScale';

const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });

describe('whiskerScale', () => {
  it('places value, interval and target in percent of the scale', () => {
    const places = whiskerScale({ value: 0.6, low: 0.54, high: 0.657, target: 0.55, domain: [0.45, 0.7] });
    expect(places.value).toBeCloseTo(60, 10);
    expect(places.low).toBeCloseTo(36, 10);
    expect(places.high).toBeCloseTo(82.8, 10);
    expect(places.target).toBeCloseTo(40, 10);
    expect([places.beyondLow, places.beyondHigh, places.valueBeyond, places.targetBeyond]).toEqual([false, false, false, false]);
  });

  it('clamps what reaches past an end, and says which end', () => {
    const places = whiskerScale({ value: 0.9, low: 0.3, high: 0.95, target: 0.99, domain: [0.45, 0.7] });
    expect([places.low, places.high, places.value, places.target]).toEqual([0, 100, 100, 100]);
    expect([places.beyondLow, places.beyondHigh, places.valueBeyond, places.targetBeyond]).toEqual([true, true, true, true]);
  });

  it('draws no interval unless both ends are given', () => {
    expect(whiskerScale({ value: 1, low: 0, high: null, domain: [0, 2] }).low).toBeNull();
  });

  it('stays within 0 and 100 whatever it is given', () => {
    fc.assert(
      fc.property(number, number, number, number, fc.tuple(number, number), (value, low, high, target, domain) => {
        const places = whiskerScale({ value, low, high, target, domain });
        for (const place of [places.value, places.low, places.high, places.target]) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(100);
        }
        expect(places.low!).toBeLessThanOrEqual(places.high!);
      }),
    );
  });
});

describe('domainOf', () => {
  it('holds every value, interval and target', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ value: number, low: number, high: number, target: number }), { minLength: 1, maxLength: 9 }), (parts) => {
        const domain = domainOf(parts);
        for (const part of parts) {
          const places = whiskerScale({ ...part, domain });
          expect(places.beyondLow || places.beyondHigh || places.targetBeyond).toBe(false);
        }
      }),
    );
  });

  it('is 0 to 1 when there is nothing to hold', () => {
    expect(domainOf([{ value: null }])).toEqual([0, 1]);
  });
});
