/** @file Tests of csvDialect. */

import { describe, expect, it } from 'vitest';
import { csvDialect, hasHeader } from '../../../../../src/domain/data/import/csvDialect';

describe('csvDialect', () => {
  it.each([',', ';', '\t', '|'])('finds the delimiter %j', (delimiter) => {
    const text = ['name,age', 'Ann,3', 'Bob,4'].map((line) => line.replaceAll(',', delimiter)).join('\n');
    expect(csvDialect(text)).toMatchObject({ delimiter, header: true, quote: '"' });
  });

  it('is not misled by delimiters inside quotes', () => {
    expect(csvDialect('a;b\n"1,2,3";4\n"1,2";5\n').delimiter).toBe(';');
  });

  it('finds apostrophes as quotes', () => {
    expect(csvDialect("a,b\n'x,y',1\n'z',2\n'w',3\n")).toMatchObject({ quote: "'", delimiter: ',' });
    expect(csvDialect("a,b\nit's,1\ndon't,2\n").quote).toBe('"');
  });

  it('finds a decimal comma', () => {
    expect(csvDialect('a;b\n1,5;2\n2,25;3\n').decimal).toBe(',');
    expect(csvDialect('a,b\n"1,5",2\n"2,25",3\n').decimal).toBe(',');
    expect(csvDialect('a;b\n1,500;2\n2,250;3\n').decimal).toBe(',');
    expect(csvDialect('a;b\n1.5;"1,500"\n2.5;"1,200"\n').decimal).toBe('.');
    expect(csvDialect('a\n"1,500"\n"2,200"\n').decimal).toBe('.');
  });

  it('reads a single column', () => {
    expect(csvDialect('age\n3\n4\n')).toMatchObject({ delimiter: ',', header: true });
  });

  it('survives an empty text', () => {
    expect(csvDialect('').delimiter).toBe(',');
  });
});

describe('hasHeader', () => {
  it('is false where the first row reads like the rest', () => {
    expect(hasHeader([['1', 'a'], ['2', 'b'], ['3', 'a']], '.')).toBe(false);
    expect(hasHeader([['2021-01-01'], ['2021-01-02']], '.')).toBe(false);
  });

  it('is true where words stand above numbers', () => {
    expect(hasHeader([['age', 'name'], ['3', 'Ann']], '.')).toBe(true);
    expect(hasHeader([['', 'x'], ['1', '2']], '.')).toBe(true);
    expect(hasHeader([['year', '2011', '2012', 'total'], ['1', '2', '3', '5'], ['1', '2', '3', '5']], '.')).toBe(true);
  });

  it('decides by repetition where all is words', () => {
    expect(hasHeader([['name', 'colour'], ['Ann', 'red'], ['Bob', 'red']], '.')).toBe(true);
    expect(hasHeader([['Cy', 'red'], ['Ann', 'red'], ['Bob', 'blue']], '.')).toBe(false);
  });

  it('takes a lone row of words for a header', () => {
    expect(hasHeader([['a', 'b']], '.')).toBe(true);
    expect(hasHeader([['a', '1']], '.')).toBe(false);
  });
});
