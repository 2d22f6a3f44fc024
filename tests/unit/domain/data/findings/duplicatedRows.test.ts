/** @file The check `duplicatedRows`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { numeric } from '../tables';
import { each, find, noise } from './planted';

it('repeats: rows equal in every column', () => {
  expect(
    find('duplicatedRows', [
      numeric(
        'a',
        each((i) => Math.max(i, 2)),
      ),
    ]),
  ).toMatchObject([{ rows: 2, severity: 'low', evidence: { groups: 1, largest: 3 } }]);
  expect(find('duplicatedRows', [numeric('a', noise(1))])).toEqual([]);
});
