/** @file The order of texts is that of their UTF-8 bytes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byCodePoint } from '../../../../src/domain/data/codePointOrder';

it('sorts as UTF-8 bytes sort, where UTF-16 units would not', () => {
  expect(['🙂', '\uffee', 'z', 'é'].sort(byCodePoint)).toEqual(['z', 'é', '\uffee', '🙂']);
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      (a, b) => Math.sign(byCodePoint(a, b)) === Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))),
    ),
  );
});
