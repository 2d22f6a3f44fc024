import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupRare } from '../../../../../src/domain/data/recipe/groupRare';
import { enteringValues, type Words } from '../../../../../src/domain/data/recipe/stepValues';
import { coded } from '../tables';

const wordsOf = (texts: readonly (string | null)[]) => enteringValues(coded('word', texts));
const textsOf = (words: Words): (string | null)[] => [...words.codes].map((code) => (code < 0 ? null : words.dictionary[code]!));

describe('grouping rare categories', () => {
  it('keeps what is frequent; rare and unseen become other, missing stays missing', () => {
    const state = groupRare.fit(wordsOf(['a', 'a', 'b', 'b', 'c', null]), { minCount: 2 });
    expect(state.kept).toEqual(['a', 'b']);
    expect(textsOf(groupRare.apply(state, wordsOf(['c', 'a', null, 'new'])) as Words)).toEqual(['other', 'a', null, 'other']);
  });

  it('counts a share of the rows that have a value', () => {
    const texts = [...Array<string>(60).fill('a'), ...Array<string>(40).fill('b'), ...Array<null>(500).fill(null)];
    expect(groupRare.fit(wordsOf(texts), { minCount: 0, minShare: 0.4 }).kept).toEqual(['a', 'b']);
    expect(groupRare.fit(wordsOf(texts), { minCount: 0, minShare: 0.41 }).kept).toEqual(['a']);
  });

  it('merges a real category of the name of the group', () => {
    const state = groupRare.fit(wordsOf(['other', 'other', 'z']), { minCount: 2 });
    const grouped = groupRare.apply(state, wordsOf(['other', 'z'])) as Words;
    expect(grouped.dictionary).toEqual(['other']);
    expect([...grouped.codes]).toEqual([0, 0]);
  });

  it('applied twice is the same as once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'other', '😀', null), { maxLength: 40 }), (texts) => {
        const state = groupRare.fit(wordsOf(texts), { minCount: 3, minShare: 0 });
        const once = groupRare.apply(state, wordsOf(texts)) as Words;
        expect(textsOf(groupRare.apply(state, once) as Words)).toEqual(textsOf(once));
      }),
    );
  });
});
