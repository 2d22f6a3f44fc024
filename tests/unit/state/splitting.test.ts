import { describe, expect, it } from 'vitest';
import { splitFault, splitWish } from '../../../src/state/splitting';
import { emptyState } from '../../../src/domain/pipeline/project';

const wish = splitWish(emptyState);

describe('a wish for a split', () => {
  it('is what the project begins with', () => {
    expect(wish).toEqual({ shares: [0.7, 0.15, 0.15], seed: 1, group: null, time: null });
    expect(splitFault(wish)).toBeNull();
  });

  it('needs three shares that add up to the whole, none of them empty', () => {
    expect(splitFault({ ...wish, shares: [0.7, 0.2, 0.2] })).toBe('badShares');
    expect(splitFault({ ...wish, shares: [0.8, 0.2, 0] })).toBe('badShares');
    expect(splitFault({ ...wish, shares: [0.6, 0.3, 0.1] })).toBeNull();
  });

  it('needs a seed that is a 32-bit whole number', () => {
    expect(splitFault({ ...wish, seed: 1.5 })).toBe('seedOutOfRange');
    expect(splitFault({ ...wish, seed: 0 })).toBe('seedOutOfRange');
    expect(splitFault({ ...wish, seed: 1 })).toBeNull();
    expect(splitFault({ ...wish, seed: -1 })).toBe('seedOutOfRange');
    expect(splitFault({ ...wish, seed: 2 ** 32 - 1 })).toBeNull();
    expect(splitFault({ ...wish, seed: 2 ** 32 })).toBe('seedOutOfRange');
  });
});
