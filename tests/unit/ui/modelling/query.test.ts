import { describe, expect, it } from 'vitest';
import { numbersIn, withQuery } from '../../../../src/ui/modelling/query';

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
