/** @file What a person typed, read as a number or refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberFrom } from '../../../../src/ui/controls/numberText';

describe('numberFrom', () => {
  it('reads plain numbers, true minuses and spaces between thousands', () => {
    expect(['7', ' 0.55 ', '.5', '-3', '−3', '1 000 000', '1e-3'].map(numberFrom)).toEqual([7, 0.55, 0.5, -3, -3, 1000000, 0.001]);
  });

  it('refuses what is not exactly one number', () => {
    expect(['', 'seven', '1,5', '0x10', '1e', '--1', 'Infinity', '1e999'].map(numberFrom)).toEqual([null, null, null, null, null, null, null, null]);
  });

  it('reads back what JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(numberFrom(String(x))).toBe(Object.is(x, -0) ? 0 : x);
      }),
    );
  });
});
