/** @file The check `missingWords`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded } from '../tables';
import { each, find } from './planted';

it('hidden gaps: words for missing', () => {
  expect(
    find('missingWords', [
      coded(
        'a',
        each((i) => (i < 3 ? '?' : i < 5 ? 'N/A' : 'x')),
      ),
    ]),
  ).toMatchObject([{ rows: 5, values: ['?', 'N/A'] }]);
  expect(
    find('missingWords', [
      coded(
        'a',
        each((i) => ['nation', 'Nan', null][i % 3]!),
      ),
    ]),
  ).toMatchObject([{ values: ['Nan'] }]);
  expect(
    find('missingWords', [
      coded(
        'a',
        each(() => 'x'),
      ),
    ]),
  ).toEqual([]);
});
