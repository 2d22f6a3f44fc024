/** @file The check `conflictingLabels`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded, numeric } from '../tables';
import { each, find, twoClasses, y } from './planted';

it('conflicts: equal rows with different classes', () => {
  expect(
    find(
      'conflictingLabels',
      [
        numeric(
          'a',
          each((i) => (i < 3 ? 1 : i)),
        ),
        y,
      ],
      twoClasses,
    ),
  ).toMatchObject([{ rows: 3, severity: 'medium', evidence: { groups: 1 } }]);
  const same = numeric(
    'a',
    each((i) => i % 2),
  );
  expect(find('conflictingLabels', [same, y], twoClasses)).toEqual([]);
  expect(
    find(
      'conflictingLabels',
      [
        same,
        coded(
          'y',
          each((i) => (i < 2 ? null : ['yes', 'no'][i % 2]!)),
        ),
      ],
      twoClasses,
    ),
  ).toEqual([]);
});
