/** @file Instants by arithmetic agree with ECMAScript's own dates. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantOf, instantText } from '../../../../src/domain/data/instant';

const instants = fc.oneof(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.integer({ min: -3e12, max: 5e12 }));

it('reads every instant that ECMAScript prints', () => fc.assert(fc.property(instants, (ms) => instantOf(new Date(ms).toISOString()) === ms)));

it('prints what it reads back, as ECMAScript would read it', () =>
  fc.assert(
    fc.property(instants, (ms) => {
      expect(instantOf(instantText(ms))).toBe(ms);
      expect(Date.parse(instantText(ms))).toBe(ms);
    }),
  ));

it('reads dates, times, fractions and zones', () => {
  expect(instantOf('1970-01-02')).toBe(86_400_000);
  expect(instantOf(' 1970-01-01 00:01 ')).toBe(60_000);
  expect(instantOf('1970-01-01T01:00:00.5+01:00')).toBe(500);
  expect(instantOf('1970-01-01T00:00:00-0030')).toBe(1_800_000);
});

it('refuses dates that do not exist', () => {
  for (const text of ['2023-02-29', '2023-13-01', '2023-04-31', '2023-01-00', '2023-01-01T24:00', '01.02.2023', '2023-1-1', '', 'NaN'])
    expect(instantOf(text)).toBeNaN();
  expect(instantOf('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
});
