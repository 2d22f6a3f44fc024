import { describe, expect, it } from 'vitest';
import { oneHot } from '../../../../../src/domain/data/recipe/oneHot';
import { enteringValues, type Indicators } from '../../../../../src/domain/data/recipe/stepValues';
import { coded } from '../tables';
import { golden } from './goldenRecipe';

const wordsOf = (texts: readonly (string | null)[]) => enteringValues(coded('word', texts));

describe('one-hot', () => {
  it('agrees with OneHotEncoder: code-point order, unseen gives zeros', () => {
    const state = oneHot.fit(wordsOf(golden.words.train), {});
    expect(state.categories).toEqual(golden.words.categories);
    const { codes } = oneHot.apply(state, wordsOf(golden.words.serve)) as Indicators;
    expect(golden.words.oneHot.map((row) => row.indexOf(1))).toEqual([...codes]);
  });

  it('gives a missing value zeros only, and a name to every feature', () => {
    const state = oneHot.fit(wordsOf(['b', 'a', null, '__proto__']), {});
    const { codes, suffixes } = oneHot.apply(state, wordsOf([null, 'b'])) as Indicators;
    expect([...codes]).toEqual([-1, 2]);
    expect(suffixes).toEqual(['=__proto__', '=a', '=b']);
  });

  it('keeps the most frequent categories up to the limit', () => {
    expect(oneHot.fit(wordsOf(['a', 'b', 'b', 'c', 'c', 'c']), { limit: 2 }).categories).toEqual(['b', 'c']);
  });
});
