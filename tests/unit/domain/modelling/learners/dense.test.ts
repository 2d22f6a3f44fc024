import { describe, expect, it } from 'vitest';
import { hiddenWidths } from '../../../../../src/domain/modelling/learners/dense';

describe('the hidden widths', () => {
  it('are read from numbers between commas; an empty text is no hidden layer', () => {
    expect(hiddenWidths('64,32')).toEqual([64, 32]);
    expect(hiddenWidths(' 8 , 4 ')).toEqual([8, 4]);
    expect(hiddenWidths('1024')).toEqual([1024]);
    expect(hiddenWidths(' ')).toEqual([]);
  });

  it.each(['64,', '64;32', '0', '-3', '1e3', '2.5', '1025', '1,1,1,1,1,1,1', 'many'])('refuse %j', (text) => {
    expect(() => hiddenWidths(text)).toThrow(/hiddenWidthsUnreadable/);
  });
});
