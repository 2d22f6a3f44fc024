/** @file Slices: which rows meet their conditions, by type. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../src/domain/scoping/criterion';
import { sliceMask } from '../../../../src/domain/scoping/slice';
import { coded, numeric, tableOf } from '../data/tables';

const table = tableOf(
  numeric('age', [20, 65, Number.NaN, 80, 65]),
  coded('sex', ['f', 'm', 'f', null, 'f']),
  coded('zip', ['01', '1', 'x', '1.0', null]),
  numeric('paid', [1, 0, 1, Number.NaN, 0], 'boolean'),
  numeric('when', [0, 86_400_000, Number.NaN, 0, 1], 'date'),
  coded('__proto__', ['a', 'b', 'a', 'b', 'a']),
);
const mask = (...conditions: Condition[]): string => [...sliceMask(conditions, table)].join('');

describe('a slice', () => {
  it('without conditions is every row', () => expect(mask()).toBe('11111'));

  it('compares numbers five ways, and a missing one never', () => {
    const by = (operator: Condition['operator']): string => mask({ column: 'age', operator, value: 65 });
    expect([by('='), by('>='), by('<='), by('>'), by('<')]).toEqual(['01001', '01011', '11001', '00010', '10000']);
  });

  it('compares text by equality, and by number with a number', () => {
    expect(mask({ column: 'sex', operator: '=', value: 'f' })).toBe('10101');
    expect(mask({ column: 'zip', operator: '=', value: '1' })).toBe('01000');
    expect(mask({ column: 'zip', operator: '=', value: 1 })).toBe('11010');
    expect(mask({ column: 'zip', operator: '>', value: 0 })).toBe('11010');
    expect(mask({ column: 'zip', operator: '>', value: '0' })).toBe('00000');
  });

  it('reads text against numbers, truth values and dates', () => {
    expect(mask({ column: 'age', operator: '=', value: ' 65.0 ' })).toBe('01001');
    expect(mask({ column: 'age', operator: '=', value: 'old' })).toBe('00000');
    expect(mask({ column: 'paid', operator: '=', value: 'true' })).toBe('10100');
    expect(mask({ column: 'paid', operator: '=', value: 'False' })).toBe('01001');
    expect(mask({ column: 'when', operator: '=', value: '1970-01-02' })).toBe('01000');
  });

  it('needs all its conditions', () =>
    expect(
      mask({ column: 'sex', operator: '=', value: 'f' }, { column: 'age', operator: '>', value: 20 }, { column: '__proto__', operator: '=', value: 'a' }),
    ).toBe('00001'));

  it('is the meeting of its conditions in any order', () => {
    const one = fc.record({
      column: fc.constantFrom('age', 'paid'),
      operator: fc.constantFrom('=' as const, '>=' as const, '<' as const),
      value: fc.constantFrom(0, 1, 65),
    });
    fc.assert(
      fc.property(one, one, (a, b) => {
        const both = [...sliceMask([a], table)].map((inside, row) => inside & sliceMask([b], table)[row]!);
        expect([...sliceMask([a, b], table)]).toEqual(both);
        expect([...sliceMask([b, a], table)]).toEqual(both);
      }),
    );
  });

  it('is refused when it names no column', () => {
    expect(() => sliceMask([{ column: 'Sex', operator: '=', value: 'f' }], table)).toThrow('sliceColumnUnknown {"column":"Sex"}');
  });
});
