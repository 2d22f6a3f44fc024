/** @file A column under another type: what converts, and what is counted as lost. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellText } from '../../../../src/domain/data/cell';
import { retyped } from '../../../../src/domain/data/retype';
import type { Column } from '../../../../src/domain/data/table';
import { coded, numeric } from './tables';

const texts = (column: Column, rows: number): (string | null)[] => Array.from({ length: rows }, (_, row) => cellText(column, row));

it('reads numbers, truth and dates from text, and counts what it cannot read', () => {
  const { column, unconverted, examples } = retyped(coded('x', ['1', ' 2.50', 'n/a', null, 'n/a', '']), 'number');
  expect(texts(column, 6)).toEqual(['1', '2.5', null, null, null, null]);
  expect([unconverted, examples]).toEqual([3, ['n/a', '']]);
  expect(texts(retyped(coded('x', ['Yes', 'no', '1']), 'boolean').column, 3)).toEqual(['true', 'false', 'true']);
  expect(texts(retyped(coded('x', ['2024-02-29', '2023-02-29']), 'date').column, 2)).toEqual(['2024-02-29', null]);
});

it('keeps what the narrower type can hold', () => {
  expect(retyped(numeric('x', [1, 1.5, Number.NaN]), 'integer')).toMatchObject({ unconverted: 1, examples: ['1.5'] });
  expect(retyped(numeric('x', [0, 1, 2]), 'boolean')).toMatchObject({ unconverted: 1, examples: ['2'] });
});

it('keeps the codes between kinds of text', () => {
  const column = coded('x', ['a', null]);
  expect(retyped(column, 'identifier').column).toEqual({ ...column, type: 'identifier' });
});

it('gives numbers back after a turn as text', () =>
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.double({ noDefaultInfinity: true }), fc.integer())), (values) => {
      const there = retyped(numeric('x', values), 'category').column;
      const { column, unconverted } = retyped(there, 'number');
      expect(unconverted).toBe(0);
      expect(column.values).toEqual(
        numeric(
          'x',
          values.map((x) => x + 0),
        ).values,
      );
    }),
  ));
