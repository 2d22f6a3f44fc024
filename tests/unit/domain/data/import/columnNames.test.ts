/** @file Tests of columnNames. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnNames, nameLimit } from '../../../../../src/domain/data/import/columnNames';
import { Refusal } from '../../../../../src/domain/refusal';

describe('columnNames', () => {
  it('gives repeated headers a suffix and reports it', () => {
    expect(columnNames(['a', 'b', 'a', 'a'])).toEqual({
      names: ['a', 'b', 'a (2)', 'a (3)'],
      renamed: [
        { from: 'a', to: 'a (2)', index: 2 },
        { from: 'a', to: 'a (3)', index: 3 },
      ],
    });
  });

  it('leaves a header alone that looks like a suffixed one', () => {
    expect(columnNames(['a', 'a', 'a (2)']).names).toEqual(['a', 'a (3)', 'a (2)']);
  });

  it('names empty headers by their place', () => {
    expect(columnNames(['x', 'y', ' ', 'column 3']).names).toEqual(['x', 'y', 'column 3 (2)', 'column 3']);
  });

  it('keeps hostile names as data', () => {
    const hostile = ['__proto__', 'constructor', 'toString', '🙈', '\u202eabc', '<img src=x>', 'a\nb'];
    expect(columnNames(hostile)).toEqual({ names: hostile, renamed: [] });
  });

  it('drops spaces around a header without a word', () => {
    expect(columnNames([' age', 'sex '])).toEqual({ names: ['age', 'sex'], renamed: [] });
  });

  it('shortens long names, keeps them different and cuts no character in two', () => {
    const long = `${'x'.repeat(198)}🙈${'y'.repeat(50)}`;
    const { names, renamed } = columnNames([long, `${long}z`]);
    expect(names[0]).toBe(`${'x'.repeat(198)}…`);
    expect(names[1]!.endsWith('… (2)')).toBe(true);
    expect(renamed).toHaveLength(2);
  });

  it('refuses more than ten thousand columns', () => {
    expect(() => columnNames(Array.from({ length: 10_001 }, (_, at) => `c${at}`))).toThrow(new Refusal('tooManyColumns', { columns: 10_001, limit: 10_000 }));
  });

  it('always gives different names that are neither empty nor long', () => {
    const header = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('a', 'a (2)', 'a (3)', '', 'column 1', 'column 2'), fc.string({ minLength: 195, maxLength: 230 }));
    fc.assert(
      fc.property(fc.array(header, { maxLength: 20 }), (headers) => {
        const { names } = columnNames(headers);
        expect(new Set(names).size).toBe(headers.length);
        for (const name of names) expect(name.length > 0 && name.length <= nameLimit).toBe(true);
      }),
    );
  });

  it('names ten thousand equal headers quickly', () => {
    const start = performance.now();
    expect(new Set(columnNames(new Array<string>(10_000).fill('a')).names).size).toBe(10_000);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
