/** @file Tests of decimalNumber. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedNumberIn, hasLeadingZero, isSurelyGrouped, numberIn } from '../../../../../src/domain/data/import/decimalNumber';

describe('numberIn', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['12', 12],
    ['+12', 12],
    ['-1.5', -1.5],
    ['.5', 0.5],
    ['5.', 5],
    [' 7 ', 7],
    ['\u00a07', 7],
    ['1e3', 1000],
    ['1E-2', 0.01],
    ['0.1234567890123456789', Number('0.1234567890123456789')],
    ['123456789012345678', Number('123456789012345678')],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['1e999', Infinity],
  ])('reads %j', (text, value) => {
    expect(numberIn(text, '.')).toBe(value);
  });

  it.each(['', ' ', '-', '.', '+.', 'e5', '1e', '1 2', '0x10', '007', '-01', '00.5', '1,5', '1.2.3', '12a', 'NaN', '--1', '١', '1_000', '$5', '5%'])('does not take %j for a number', (text) => {
    expect(numberIn(text, '.')).toBeNaN();
  });

  it('reads a decimal comma where it is the mark, and then no point', () => {
    expect(numberIn('1,5', ',')).toBe(1.5);
    expect(numberIn('1,5e3', ',')).toBe(1500);
    expect(numberIn('0,12345678901234567', ',')).toBe(Number('0.12345678901234567'));
    expect(numberIn('1.5', ',')).toBeNaN();
    expect(numberIn('1.5e3', ',')).toBeNaN();
  });

  it('agrees with JavaScript on every number it prints', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(numberIn(String(value), '.')).toBe(value + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds decimals of up to fifteen digits as JavaScript does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), fc.integer({ min: 0, max: 15 }), (digits, places) => {
        const padded = String(digits).padStart(places + 1, '0');
        const text = `${padded.slice(0, padded.length - places)}.${padded.slice(padded.length - places)}`;
        expect(numberIn(text, '.')).toBe(Number(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('groupedNumberIn', () => {
  it('reads separators of thousands', () => {
    expect(groupedNumberIn('1,234,567.5', '.')).toBe(1234567.5);
    expect(groupedNumberIn(' -1,234 ', '.')).toBe(-1234);
    expect(groupedNumberIn('1.234.567,5', ',')).toBe(1234567.5);
    expect(groupedNumberIn('12.5', '.')).toBe(12.5);
  });

  it('reads no separators that stand elsewhere', () => {
    for (const text of ['1,23', '1234,567', ',123', '0,123', '1,234,56', '1,,234']) expect(groupedNumberIn(text, '.')).toBeNaN();
  });

  it('is sure only with two separators or with a decimal mark', () => {
    expect(isSurelyGrouped('1,234', '.')).toBe(false);
    expect(isSurelyGrouped('1,234,567', '.')).toBe(true);
    expect(isSurelyGrouped('1,234.5', '.')).toBe(true);
    expect(isSurelyGrouped('1.234,5', ',')).toBe(true);
  });
});

describe('hasLeadingZero', () => {
  it('knows codes from numbers', () => {
    expect(['007', '00', '-01'].every(hasLeadingZero)).toBe(true);
    expect(['0', '0.5', '10', ''].some(hasLeadingZero)).toBe(false);
  });
});
