/** @file The check `constant`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded, numeric } from '../tables';
import { each, find, noise } from './planted';

it('plain: one value only', () => {
  expect(
    find('constant', [
      numeric(
        'a',
        each(() => 7),
      ),
      numeric('b', noise(1)),
    ]),
  ).toMatchObject([{ columns: ['a'], severity: 'medium' }]);
  expect(
    find('constant', [
      coded(
        'a',
        each((i) => (i < 9 ? null : 'x')),
      ),
    ]),
  ).toMatchObject([{ severity: 'low', evidence: { missing: 9 } }]);
});
