import { describe, expect, it } from 'vitest';
import { emptied, filledWith, oddity, requestOf } from '../../../../src/ui/deployment/requestForm';
import type { ServingInput } from '../../../../src/state/servingInputs';

const number: ServingInput = { column: 'age', type: 'number', values: [], distinct: 50, usual: { low: 20, high: 60, min: 17, max: 90 } };
const category: ServingInput = { column: '__proto__', type: 'category', values: ['a', 'b'], distinct: 2, usual: null };
const inputs = [number, category];

describe('a request', () => {
  it('holds every input, empty ones as not stated', () => {
    expect(requestOf(inputs, emptied(inputs))).toEqual([
      { column: 'age', value: null },
      { column: '__proto__', value: null },
    ]);
  });
  it('counts text that is no number as not stated, and says so of its field', () => {
    expect(requestOf(inputs, ['abc', 'abc']).map(({ value }) => value)).toEqual([null, 'abc']);
    expect(requestOf(inputs, ['41.5', null]).map(({ value }) => value)).toEqual(['41.5', null]);
    expect(oddity(number, 'abc')).toBe('unreadable');
    expect(oddity({ ...number, type: 'integer', usual: null }, '1,5')).toBe('unreadable');
    expect(oddity(category, 'abc')).toBe('unknown');
  });
  it('is filled from a row by names, whatever they are', () => {
    expect(
      filledWith(inputs, [
        { column: '__proto__', value: 'b' },
        { column: 'other', value: 'x' },
      ]),
    ).toEqual([null, 'b']);
  });
});

describe('oddity', () => {
  it('tells a number outside the data', () => {
    expect(oddity(number, '91')).toBe('beyond');
    expect(oddity(number, '61')).toBeNull();
    expect(oddity(number, null)).toBeNull();
  });
  it('tells a category that was never seen, where all are known', () => {
    expect(oddity(category, 'c')).toBe('unknown');
    expect(oddity(category, 'a')).toBeNull();
    expect(oddity({ ...category, distinct: 30 }, 'c')).toBeNull();
  });
});
