/** @file Cells as text and back. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellText, numberOf, numberText, numericValueOf } from '../../../../src/domain/data/cell';
import { coded, numeric } from './tables';

it('reads every finite number that it prints', () =>
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => Object.is(numberOf(numberText(x, 'number')), x + 0))));

it('takes only decimal numbers', () => {
  for (const text of ['', ' ', '0x10', 'Infinity', '1e999', '1,5', '1 000', 'NaN', '1e', '.', '12a']) expect(numberOf(text)).toBeNaN();
  expect([numberOf(' 1. '), numberOf('.5'), numberOf('+1e-3')]).toEqual([1, 0.5, 0.001]);
});

it('reads truth, whole numbers and dates by type', () => {
  expect(['TRUE', 'yes', '1', 'No', '0', 'maybe'].map((text) => numericValueOf(text, 'boolean'))).toEqual([1, 1, 1, 0, 0, Number.NaN]);
  expect(numericValueOf('1.5', 'integer')).toBeNaN();
  expect(numericValueOf('1970-01-02', 'date')).toBe(86_400_000);
});

it('spells a cell by its type, and a missing one not at all', () => {
  expect([0, 1].map((row) => cellText(numeric('b', [1, Number.NaN], 'boolean'), row))).toEqual(['true', null]);
  expect([0, 1].map((row) => cellText(coded('c', ['x', null]), row))).toEqual(['x', null]);
  expect(cellText(numeric('d', [0], 'date'), 0)).toBe('1970-01-01');
  expect(cellText(numeric('n', [-0]), 0)).toBe('0');
});
