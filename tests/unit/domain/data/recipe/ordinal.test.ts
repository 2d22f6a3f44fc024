import { describe, expect, it } from 'vitest';
import { ordinal } from '../../../../../src/domain/data/recipe/ordinal';
import { enteringValues } from '../../../../../src/domain/data/recipe/stepValues';
import { Refusal } from '../../../../../src/domain/refusal';
import { coded } from '../tables';
import { golden, onlyPart } from './goldenRecipe';

const wordsOf = (texts: readonly (string | null)[]) => enteringValues(coded('word', texts));

describe('ordinal encoding', () => {
  it('agrees with OrdinalEncoder: code-point order, unseen is −1', () => {
    const state = ordinal.fit(wordsOf(golden.words.train), {});
    expect([...onlyPart(ordinal.apply(state, wordsOf(golden.words.serve)))]).toEqual(golden.words.ordinal);
  });

  it('follows a given order, with −1 for what is not in it', () => {
    const state = ordinal.fit(wordsOf(['high']), { order: ['low', 'high'] });
    expect([...onlyPart(ordinal.apply(state, wordsOf(['high', 'low', null, 'top'])))]).toEqual([1, 0, -1, -1]);
  });

  it.each([['twice', 'twice'], [1], 'low'])('refuses the order %j', (...order) => {
    expect(() => ordinal.fit(wordsOf(['a']), { order: order.length === 1 && order[0] === 'low' ? 'low' : order })).toThrow(Refusal);
  });
});
