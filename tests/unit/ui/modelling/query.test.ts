import { describe, expect, it } from 'vitest';
import { cellIn, numbersIn, withoutCell, withQuery } from '../../../../src/ui/modelling/query';

describe('numbers in an address', () => {
  it('are whole numbers, each once; anything else is passed over', () => {
    expect(numbersIn('1,4,4,x,-2,1e3,07')).toEqual([1, 4, 7]);
    expect(numbersIn(undefined)).toEqual([]);
  });
});

describe('an address with a query', () => {
  it('leaves out what is empty and encodes the rest', () => {
    expect(withQuery('#/a', { pick: '', truth: 0, name: 'a&b' })).toBe('#/a?truth=0&name=a%26b');
    expect(withQuery('#/a', { pick: null })).toBe('#/a');
  });
});

describe('a cell in an address', () => {
  const query = (text: string): ReadonlyMap<string, string> => new Map(new URLSearchParams(text));

  it('is one of the matrix, or none', () => {
    expect(cellIn(query('truth=1&predicted=0'), 2)).toEqual({ truth: 1, predicted: 0 });
    expect(['', 'truth=1', 'truth=2&predicted=0', 'truth=-1&predicted=0', 'truth=x&predicted=0'].map((text) => cellIn(query(text), 2))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is taken out without touching the rest', () => {
    expect(withoutCell(query('miss=5&truth=1&predicted=0'))).toEqual({ miss: '5' });
  });
});
