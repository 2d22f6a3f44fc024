/** @file Tests of instant. The Date of JavaScript is the oracle. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayOrderOf, instantIn, isoText } from '../../../../../src/domain/data/import/instant';

describe('instantIn', () => {
  it.each([
    ['2021-03-04', '2021-03-04T00:00:00Z'],
    ['2021/03/04', '2021-03-04T00:00:00Z'],
    [' 2021-03-04 ', '2021-03-04T00:00:00Z'],
    ['2021-03-04T05:06', '2021-03-04T05:06:00Z'],
    ['2021-03-04 05:06:07', '2021-03-04T05:06:07Z'],
    ['2021-03-04T05:06:07.5Z', '2021-03-04T05:06:07.500Z'],
    ['2021-03-04T05:06:07.123456', '2021-03-04T05:06:07.123Z'],
    ['2021-03-04T05:06:07+02:00', '2021-03-04T03:06:07Z'],
    ['2021-03-04T05:06:07-0530', '2021-03-04T10:36:07Z'],
    ['2021-03-04 05:06:07 UTC', '2021-03-04T05:06:07Z'],
    ['2000-02-29', '2000-02-29T00:00:00Z'],
    ['0001-01-01', '0001-01-01T00:00:00Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
  ])('reads %j', (text, iso) => {
    expect(instantIn(text, 'none')).toBe(Date.parse(iso));
  });

  it('reads day and month in the order it is told, and years of two digits', () => {
    expect(instantIn('1/31/11', 'monthFirst')).toBe(Date.UTC(2011, 0, 31));
    expect(instantIn('31.1.2011', 'dayFirst')).toBe(Date.UTC(2011, 0, 31));
    expect(instantIn('3-4-99', 'dayFirst')).toBe(Date.UTC(1999, 3, 3));
    expect(instantIn('1/2/2011 3:04 PM', 'monthFirst')).toBe(Date.UTC(2011, 0, 2, 15, 4));
    expect(instantIn('1/2/2011 12:00:01 am', 'dayFirst')).toBe(Date.UTC(2011, 1, 1, 0, 0, 1));
    expect(instantIn('1/2/2011', 'none')).toBeNaN();
  });

  it.each(['', '2021', '2021-3-4', '2021-02-29', '2021-13-01', '2021-00-10', '2021-01-32', '0000-01-01', '2021-01-01T', '2021-01-01T25:00', '2021-01-01T10:60', '2021-01-01x', '2021-01/01', '20210101', '12:30', '2021-01-01 13:00 PM'])(
    'does not take %j for a date',
    (text) => {
      expect(instantIn(text, 'dayFirst')).toBeNaN();
    },
  );

  it('does not take 1/2-2011 or 30/2/2011 for a date', () => {
    expect(instantIn('1/2-2011', 'dayFirst')).toBeNaN();
    expect(instantIn('30/2/2011', 'dayFirst')).toBeNaN();
  });

  it('agrees with JavaScript on every instant it prints', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (date) => {
        expect(instantIn(date.toISOString(), 'none')).toBe(date.getTime());
        expect(instantIn(isoText(date.getTime()), 'none')).toBe(date.getTime());
        expect(dayNumber(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(Math.floor(date.getTime() / 86_400_000));
      }),
    );
  });
});

describe('dayOrderOf', () => {
  it('is decided by a number above twelve', () => {
    expect(dayOrderOf(['1/2/2011', '1/31/2011'])).toBe('monthFirst');
    expect(dayOrderOf(['1/2/2011', '31/1/2011'])).toBe('dayFirst');
    expect(dayOrderOf(['1.2.2011'])).toBe('dayFirst');
  });

  it('is ambiguous without one, and none where both orders are proved', () => {
    expect(dayOrderOf(['1/2/2011', '3/4/2011'])).toBe('ambiguous');
    expect(dayOrderOf(['13/2/2011', '2/13/2011'])).toBe('none');
    expect(dayOrderOf(['2011-01-02'])).toBe('none');
  });
});
