import { describe, expect, it } from 'vitest';
import { enteringValues, float32Of, type Words } from '../../../../../src/domain/data/recipe/stepValues';
import { coded, numeric } from '../tables';

describe('entering values', () => {
  it('rounds numbers to float32; what does not fit is missing', () => {
    expect(float32Of(0.1)).toBe(Math.fround(0.1));
    expect([NaN, Infinity, -Infinity, 2e38, -1e300].map(float32Of)).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });

  it('reads the empty text as missing', () => {
    expect([...(enteringValues(coded('word', ['a', '', null])) as Words).codes]).toEqual([0, -1, -1]);
  });

  it('takes chosen rows in their order and keeps instants as they are', () => {
    expect(enteringValues(numeric('when', [1.5e12 + 0.5, 2, 3], 'date'), Uint32Array.of(2, 0))).toEqual({
      kind: 'instants',
      values: Float64Array.of(3, 1.5e12 + 0.5),
    });
  });
});
