/** @file The check `highCardinality`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded } from '../tables';
import { each, find } from './planted';

it('many values: categories with more than fifty', () => {
  const found = find('highCardinality', [
    coded(
      'a',
      each((i) => `v${i % 51}`),
    ),
    coded(
      'b',
      each((i) => `v${i % 50}`),
    ),
    coded(
      'c',
      each((i) => `v${i}`),
    ),
  ]);
  expect(found).toMatchObject([{ columns: ['a'], evidence: { distinct: 51 } }]);
});
