/** @file The check `identifierLike`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded, numeric } from '../tables';
import { each, find, noise } from './planted';

it('identifier: texts that all differ and numbers that count, not amounts, prose or few rows', () => {
  const found = find('identifierLike', [
    coded(
      'id',
      each((i) => `row ${i}`),
      'text',
    ),
    numeric(
      'n',
      each((i) => i + 1000),
      'integer',
    ),
    numeric('amount', noise(1)),
    numeric(
      'sparse',
      each((i) => i * i * 7),
    ),
    coded(
      'prose',
      each((i) => `${i} `.repeat(20)),
      'text',
    ),
  ]);
  expect(found.map((f) => f.columns[0])).toEqual(['id', 'n']);
});
