/** @file The check `mostlyMissing`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded, numeric } from '../tables';
import { each, find, twoClasses } from './planted';

it('missing: more than half, gravest for the target', () => {
  expect(
    find('mostlyMissing', [
      numeric(
        'a',
        each((i) => (i <= 200 ? Number.NaN : i)),
      ),
      numeric(
        'b',
        each((i) => (i < 200 ? Number.NaN : i)),
      ),
    ]),
  ).toMatchObject([{ columns: ['a'], rows: 201, severity: 'medium' }]);
  expect(
    find(
      'mostlyMissing',
      [
        coded(
          'y',
          each((i) => (i < 300 ? null : ['yes', 'no'][i % 2]!)),
        ),
      ],
      twoClasses,
    ),
  ).toMatchObject([{ severity: 'high' }]);
});
