/** @file Tests of columnPlan. */

import { describe, expect, it } from 'vitest';
import { booleanIn, codedType, columnPlan, isIdentifierName, widened } from '../../../../../src/domain/data/import/columnPlan';

const typeOf = (cells: string[], name = 'x', decimal: '.' | ',' = '.'): string => columnPlan(name, cells, decimal).plan.type;
const many = (count: number, of: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => of(at));

describe('columnPlan', () => {
  it('tells numbers, integers, booleans, dates and words', () => {
    expect(typeOf(['1', '2.5'])).toBe('number');
    expect(typeOf(['1', '2'])).toBe('integer');
    expect(typeOf(['1', '1e3'])).toBe('number');
    expect(typeOf(['TRUE', 'false'])).toBe('boolean');
    expect(typeOf(['yes', 'no'])).toBe('text');
    expect(typeOf(['2021-01-02', '2021-01-03T10:00Z'])).toBe('date');
    expect(typeOf(['a', 'b'])).toBe('text');
    expect(typeOf([])).toBe('text');
    expect(typeOf(['1', 'None', 'None', '-'])).toBe('integer');
    expect(typeOf(['None', '-'])).toBe('text');
  });

  it('keeps codes with leading zeros and integers beyond 2^53 as text', () => {
    expect(typeOf(['10115', '01067', '80331'])).toBe('text');
    expect(typeOf(['12345678901234567890', '12345678901234567891'])).toBe('text');
    expect(typeOf(['12345678901234567890', '0.5'])).toBe('number');
    expect(typeOf(['9007199254740991'])).toBe('integer');
    expect(typeOf(['9007199254740993'])).toBe('text');
  });

  it('forgives one slip in ten, not more', () => {
    expect(typeOf([...many(9, String), 'x'])).toBe('integer');
    expect(typeOf([...many(8, String), 'x'])).toBe('text');
    expect(typeOf([...many(95, () => 'true'), 'unknown'])).toBe('text');
  });

  it('takes a repeated word among few numbers for a level', () => {
    expect(typeOf(many(200, (at) => (at % 20 === 0 ? '3+' : String(at % 3))))).toBe('text');
    expect(typeOf(many(200, (at) => (at % 20 === 0 ? `${at}cm` : String(at))))).toBe('integer');
  });

  it('finds dates with the day or the month first, and leaves ambiguous ones alone', () => {
    expect(columnPlan('d', ['1/2/11', '1/31/11'], '.').plan).toMatchObject({ type: 'date', order: 'monthFirst' });
    expect(columnPlan('d', ['1/2/11', '31/1/11'], '.').plan).toMatchObject({ type: 'date', order: 'dayFirst' });
    expect(columnPlan('d', ['1/2/11', '3/4/11'], '.')).toMatchObject({ plan: { type: 'text' }, ambiguousDates: true });
    expect(columnPlan('d', ['1/2/11', '3/4/11'], '.', 'date', 'dayFirst')).toMatchObject({ plan: { order: 'dayFirst' }, ambiguousDates: false });
    // What the cells prove comes before what an earlier file was read in.
    expect(columnPlan('d', ['1/25/11', '3/24/11'], '.', 'date', 'dayFirst')).toMatchObject({ plan: { order: 'monthFirst' } });
    expect(columnPlan('d', ['1/2/11', '3/4/11'], '.', 'date')).toMatchObject({ plan: { type: 'date', order: 'monthFirst', fixed: true }, ambiguousDates: true });
  });

  it('reads thousands only where a cell proves them', () => {
    expect(typeOf(['1,234', '2,345'])).toBe('text');
    expect(columnPlan('x', ['1,234', '1,234,567', '5'], '.').plan).toMatchObject({ type: 'integer', grouped: true });
    expect(columnPlan('x', ['1.234,5', '7,1'], ',').plan).toMatchObject({ type: 'number', grouped: true });
  });

  it('takes integers for an identifier only if they differ and are named like one', () => {
    expect(columnPlan('id', ['1', '2', '3'], '.').plan).toMatchObject({ type: 'identifier', consecutive: true });
    expect(typeOf(['1', '2', '3'], 'price')).toBe('integer');
    expect(typeOf(['1', '2', '2'], 'id')).toBe('integer');
    expect(widened(columnPlan('id', ['1', '2', '3'], '.').plan)).toMatchObject({ type: 'integer', consecutive: false });
    expect(widened(columnPlan('x', ['1'], '.').plan).type).toBe('text');
  });

  it('does not count infinity against numbers, but needs one finite number', () => {
    expect(typeOf(['1', 'inf', 'inf', 'inf'])).toBe('integer');
    expect(typeOf(['inf', '-inf'])).toBe('text');
  });

  it('does what the user says', () => {
    expect(columnPlan('x', ['a', 'b'], '.', 'number').plan).toMatchObject({ type: 'number', fixed: true });
  });
});

describe('isIdentifierName', () => {
  it('knows names of rows', () => {
    for (const name of ['id', 'ID', 'index', 'Index', 'row', 'customer_id', 'customer id', 'customerId', 'customerID', 'Unnamed: 0', 'row_id', '#']) expect([name, isIdentifierName(name)]).toEqual([name, true]);
    for (const name of ['paid', 'humid', 'age', 'heat index number', 'idle', 'grid', 'number of casual users']) expect([name, isIdentifierName(name)]).toEqual([name, false]);
  });
});

describe('booleanIn', () => {
  it('is strict unless it is asked to be lenient', () => {
    expect([booleanIn('True', false), booleanIn(' fAlSe ', false), booleanIn('yes', false), booleanIn('1', false)]).toEqual([1, 0, NaN, NaN]);
    expect(['yes', 'T', '1', 'no', 'f', '0', 'x'].map((word) => booleanIn(word, true))).toEqual([1, 1, 1, 0, 0, 0, NaN]);
  });
});

describe('codedType', () => {
  it('divides strings by their counts', () => {
    expect(codedType(1000, 10, 10, 5)).toBe('category');
    expect(codedType(1000, 501, 501, 5)).toBe('text');
    expect(codedType(1_000_000, 1001, 5000, 5)).toBe('text');
    expect(codedType(1000, 1000, 1000, 36)).toBe('identifier');
    expect(codedType(1000, 1000, 1000, 65)).toBe('text');
    expect(codedType(6, 4, 4, 5)).toBe('category');
    expect(codedType(6, 6, 6, 5)).toBe('text');
    expect(codedType(0, 0, 0, 0)).toBe('category');
  });
});
