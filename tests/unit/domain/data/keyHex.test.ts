/** @file Keys as text, and their order. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareKeys, keyHex, keyOfHex } from '../../../../src/domain/data/keyHex';

const key = fc.uint8Array({ minLength: 16, maxLength: 16 });

it('are read back the same, and sort as their digits sort', () =>
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(keyOfHex(keyHex(a, 0))).toEqual(a);
      const [x, y] = [keyHex(a, 0), keyHex(b, 0)];
      expect(Math.sign(compareKeys(a, 0, b, 0))).toBe(x < y ? -1 : x > y ? 1 : 0);
    }),
  ));

it('are 32 lower-case digits and nothing else', () => {
  for (const text of ['', 'f'.repeat(31), 'F'.repeat(32), 'g'.repeat(32), `${'0'.repeat(32)}\n`]) expect(keyOfHex(text)).toBeUndefined();
});
