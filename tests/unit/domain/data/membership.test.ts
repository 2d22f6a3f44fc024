/** @file Membership as letters. */
import { expect, it } from 'vitest';
import { membership, partCounts } from '../../../../src/domain/data/membership';

it('writes one letter a row, in file order', () => {
  const parts = Uint8Array.of(0, 2, 1, 255, 0);
  expect(membership(parts)).toBe('thv-t');
  expect(partCounts(parts)).toEqual({ train: 2, validation: 1, test: 1, none: 1 });
});
