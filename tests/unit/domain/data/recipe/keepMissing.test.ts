import { describe, expect, it } from 'vitest';
import { keepMissing } from '../../../../../src/domain/data/recipe/keepMissing';
import { Refusal } from '../../../../../src/domain/refusal';
import { partOf } from './goldenRecipe';

describe('keeping what is missing', () => {
  it('leaves every value as it is and lets it miss', () => {
    expect(keepMissing.apply(keepMissing.fit(partOf([1, null]), {}), partOf([null, 7]))).toEqual({ kind: 'numbers', parts: [{ suffix: '', flag: false, mayMiss: true, values: Float32Array.of(NaN, 7) }] });
    // As it was before there was an indicator: recipes of then are found again.
    expect(keepMissing.fit(partOf([1]), {})).toEqual({});
  });

  it('marks where something is missing, when asked, with a flag that cannot miss', () => {
    expect(keepMissing.apply(keepMissing.fit(partOf([1]), { indicator: true }), partOf([null, 7]))).toEqual({
      kind: 'numbers',
      parts: [
        { suffix: '', flag: false, mayMiss: true, values: Float32Array.of(NaN, 7) },
        { suffix: '.missing', flag: true, values: Float32Array.of(1, 0) },
      ],
    });
  });

  it('refuses an indicator that is neither yes nor no', () => {
    expect(() => keepMissing.fit(partOf([1]), { indicator: 1 })).toThrow(Refusal);
  });
});
