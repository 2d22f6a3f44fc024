import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unseenRows, type KeyedRows } from '../../../../src/domain/data/unseenRows';

const rows = (bytes: readonly number[]): KeyedRows => ({
  keys: Uint8Array.from(bytes.flatMap((byte) => [byte, ...new Array<number>(15).fill(0)])),
  positions: Uint32Array.from(bytes.keys()),
});

it('keeps the rows whose key none of the others has, in their order', () => {
  const chosen = { ...rows([5, 4, 3, 2, 1, 3]), positions: Uint32Array.of(5, 1, 4, 0) };
  expect([...unseenRows(chosen, [rows([3]), { ...rows([1, 4]), positions: Uint32Array.of(1) }])]).toEqual([4, 0]);
});

it('agrees with looking each key up', () => {
  const bytes = fc.array(fc.integer({ min: 0, max: 12 }));
  fc.assert(
    fc.property(bytes, bytes, bytes, (own, one, other) => {
      const expected = [...own.keys()].filter((row) => !one.includes(own[row]!) && !other.includes(own[row]!));
      expect([...unseenRows(rows(own), [rows(one), rows(other)])]).toEqual(expected);
    }),
  );
});
