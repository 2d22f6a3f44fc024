/** @file Values for cells: read by type, or computed from the column. */
import { expect, it } from 'vitest';
import { fillValue, storedValue } from '../../../../src/domain/data/fillValue';
import { coded, numeric } from './tables';

it('stores what fits the type, and refuses the rest', () => {
  expect(storedValue({ name: 'n', type: 'number' }, ' 1.5 ')).toBe(1.5);
  expect(storedValue({ name: 'n', type: 'number' }, null)).toBeNaN();
  expect(storedValue({ name: 'n', type: 'number' }, -0)).toBe(0);
  expect(storedValue({ name: 'b', type: 'boolean' }, true)).toBe(1);
  expect(storedValue({ name: 'd', type: 'date' }, '1970-01-02')).toBe(86_400_000);
  expect(storedValue({ name: 'c', type: 'category' }, 7)).toBe('7');
  expect(storedValue({ name: 'c', type: 'category' }, null)).toBeNull();
  expect(() => storedValue({ name: 'i', type: 'integer' }, 1.5)).toThrow('valueDoesNotFit {"column":"i","value":"1.5","type":"integer"}');
  expect(() => storedValue({ name: 'n', type: 'number' }, '')).toThrow('valueDoesNotFit');
  expect(() => storedValue({ name: 'n', type: 'number' }, Infinity)).toThrow('valueDoesNotFit');
});

const fill = (column: ReturnType<typeof numeric>, how: 'median' | 'mode' | { value: string | null }) =>
  fillValue({ op: 'fillMissing', column: column.name, with: how }, column);

it('takes medians that are values of the type', () => {
  expect(fill(numeric('n', [4, Number.NaN, 1, 2, 3]), 'median')).toBe(2.5);
  expect(fill(numeric('n', [4, 1, 2, 3], 'integer'), 'median')).toBe(2);
  expect(fill(numeric('n', [5, 1, 2]), 'median')).toBe(2);
});

it('takes the commonest value, the first of several', () => {
  expect(fill(numeric('n', [3, 3, 1, 1, 2, Number.NaN]), 'mode')).toBe(1);
  expect(fill(coded('c', ['b', 'a', 'b', 'a', null, null, null]), 'mode')).toBe('a');
});

it('refuses what fills nothing', () => {
  expect(() => fill(coded('c', ['a']), 'median')).toThrow('valueDoesNotFit {"column":"c","value":"median","type":"category"}');
  expect(() => fill(numeric('n', [Number.NaN]), 'mode')).toThrow('nothingToFillWith {"column":"n"}');
  expect(() => fill(numeric('n', [1]), { value: null })).toThrow('nothingToFillWith');
});
