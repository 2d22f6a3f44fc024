import { describe, expect, it } from 'vitest';
import { impute } from '../../../../../src/domain/data/recipe/impute';
import type { Words } from '../../../../../src/domain/data/recipe/stepValues';
import { Refusal } from '../../../../../src/domain/refusal';
import { golden, onlyPart, partOf } from './goldenRecipe';

const words: Words = { kind: 'words', codes: Int32Array.of(0, -1, 1, 1, -1), dictionary: ['b', 'a', 'unused'] };

describe('imputing', () => {
  it.each(golden.numbers.map((entry) => [entry.name, entry] as const))('agrees with SimpleImputer on %s', (_, { train, expected }) => {
    const fillFor = (strategy: string): number => {
      const state = impute.fit(partOf(train), { strategy });
      return state.kind === 'numbers' ? state.fills[0]! : NaN;
    };
    // The state holds the float32 next to scikit-learn's float64; its sums differ in the last bits of float64 only.
    expect(fillFor('median')).toBe(Math.fround(expected.median));
    expect(Math.abs(fillFor('mean') - expected.mean)).toBeLessThanOrEqual(2 ** -23 * Math.abs(expected.mean));
    expect(fillFor('mostFrequent')).toBe(Math.fround(expected.most_frequent));
  });

  it('fills numbers and, when asked, marks where they were missing', () => {
    const state = impute.fit(partOf([1, null, 3]), { strategy: 'mean', indicator: true });
    const filled = impute.apply(state, partOf([null, 7]));
    expect(filled).toEqual({
      kind: 'numbers',
      parts: [
        { suffix: '', flag: false, values: Float32Array.of(2, 7) },
        { suffix: '.missing', flag: true, values: Float32Array.of(1, 0) },
      ],
    });
  });

  it('makes missing words a category of their own, or the most frequent word, the first on a tie', () => {
    const own = impute.apply(impute.fit(words, {}), words) as Words;
    expect([...own.codes].map((code) => own.dictionary[code])).toEqual(['b', '', 'a', 'a', '']);
    expect(impute.fit(words, { strategy: 'mostFrequent' })).toEqual({ kind: 'words', fill: 'a' });
    expect(impute.fit({ ...words, codes: Int32Array.of(0, 1, 2) }, { strategy: 'mostFrequent' })).toEqual({ kind: 'words', fill: 'a' });
  });

  it('fills a column without any value with 0 or with the empty word', () => {
    expect(onlyPart(impute.apply(impute.fit(partOf([null, null]), {}), partOf([null])))).toEqual(Float32Array.of(0));
    expect(impute.fit({ ...words, codes: Int32Array.of(-1) }, { strategy: 'mostFrequent' })).toEqual({ kind: 'words', fill: '' });
  });

  it('never states −0, which JSON would turn into 0', () => {
    const state = impute.fit(partOf([-0, -0]), {});
    expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
  });

  it.each([{ strategy: 'magic' }, { strategy: 'constant', constant: 'x' }, { indicator: 1 }, { strategy: 'constant', constant: 1e300 }])(
    'refuses the settings %j',
    (params) => {
      expect(() => impute.fit(partOf([1]), params)).toThrow(Refusal);
    },
  );
});
