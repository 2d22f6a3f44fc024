/** @file The check `imbalancedTarget`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded } from '../tables';
import { each, find, twoClasses } from './planted';

it('imbalance: a class below a tenth of its even share', () => {
  const rare = coded(
    'y',
    each((i) => (i < 4 ? 'yes' : 'no')),
  );
  expect(find('imbalancedTarget', [rare], twoClasses)).toMatchObject([
    { severity: 'medium', rows: 4, values: ['yes'], evidence: { share: 0.01, limit: 0.05 } },
  ]);
  expect(
    find(
      'imbalancedTarget',
      [
        coded(
          'y',
          each((i) => (i < 20 ? 'yes' : 'no')),
        ),
      ],
      twoClasses,
    ),
  ).toEqual([]);
});
