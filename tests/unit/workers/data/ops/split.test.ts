import { describe, expect, it } from 'vitest';
import { sharedKeys } from '../../../../../workers/data/ops/split';

const keys = (...first: number[]): Uint8Array => Uint8Array.from(first.flatMap((byte) => [byte, ...new Array<number>(15).fill(0)]));

describe('the share of rows that a table has in common with an earlier one', () => {
  it('counts the rows of the earlier one that are still there, copies included', () => {
    expect(sharedKeys(keys(1, 2, 3, 4), keys(4, 3, 2, 1))).toBe(1);
    expect(sharedKeys(keys(1, 2, 9, 9), keys(1, 2, 3, 4))).toBe(0.5);
    expect(sharedKeys(keys(1), keys(1, 1, 1, 2))).toBe(0.75);
    expect(sharedKeys(keys(7, 8), keys(1, 2))).toBe(0);
    expect(sharedKeys(keys(7, 8), keys())).toBe(0);
  });
});
