import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateParts, datePartNames } from '../../../../../src/domain/data/recipe/dateParts';
import type { Numbers } from '../../../../../src/domain/data/recipe/stepValues';

const partsOf = (instants: readonly number[], parts: readonly string[] = datePartNames): number[][] => {
  const state = dateParts.fit({ kind: 'instants', values: new Float64Array() }, { parts: [...parts] });
  return (dateParts.apply(state, { kind: 'instants', values: Float64Array.from(instants) }) as Numbers).parts.map((part) => [...part.values]);
};

describe('date parts', () => {
  it('agrees with the calendar of the platform over the whole range of instants', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (instant) => {
        const date = new Date(instant);
        const firstDay = new Date(0);
        firstDay.setUTCFullYear(date.getUTCFullYear(), 0, 1);
        // The first instant there is lies in April, so its year's first day cannot be told.
        fc.pre(!Number.isNaN(firstDay.getTime()));
        const dayOfYear = Math.floor((instant - firstDay.getTime()) / 86_400_000);
        const angle = (2 * Math.PI * dayOfYear) / 366;
        const expected = [
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          (date.getUTCDay() + 6) % 7,
          date.getUTCHours(),
          Math.fround(Math.sin(angle)),
          Math.fround(Math.cos(angle)),
        ];
        expect(partsOf([instant]).map((part) => part[0])).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('knows leap days, centuries and the millisecond before 1970', () => {
    const instants = ['2000-02-29T23:59:59.999Z', '1900-02-28T24:00:00Z', '2100-03-01T00:00:00Z', '1969-12-31T23:59:59.999Z', '0000-02-29T12:00:00Z'].map(
      (text) => Date.parse(text),
    );
    expect(partsOf(instants, ['year', 'month', 'day', 'hour'])).toEqual([
      [2000, 1900, 2100, 1969, 0],
      [2, 3, 3, 12, 2],
      [29, 1, 1, 31, 29],
      [23, 0, 0, 23, 12],
    ]);
  });

  it('gives missing parts for a missing instant, and only the parts asked for', () => {
    expect(partsOf([NaN, 0], ['weekday'])).toEqual([[NaN, 3]]);
  });

  it('has no −0 among weekdays', () => {
    expect(Object.is(partsOf([-3 * 86_400_000], ['weekday'])[0]![0], 0)).toBe(true);
  });
});
