/** @file The check `leaking`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded, numeric } from '../tables';
import { each, find, noise, rows, twoClasses, y } from './planted';

it('leaking: a number, a category and a number against a number', () => {
  const after = numeric(
    'after',
    each((i) => (i % 2 === 0 ? -5 : 5) + (i % 7) / 10),
  );
  const word = coded(
    'word',
    each((i) => (i % 2 === 0 ? 'paid' : 'open')),
  );
  expect(find('leaking', [after, word, numeric('fair', noise(3)), y], twoClasses)).toMatchObject([
    { columns: ['after'], severity: 'high', evidence: { roc_auc: 0, n: rows } },
    { columns: ['word'], evidence: { limit: 0.98 } },
  ]);
  const target = numeric('t', noise(4));
  expect(
    find(
      'leaking',
      [
        numeric(
          'double',
          noise(4).map((x) => 2 * x ** 3),
        ),
        target,
      ],
      { kind: 'regression', target: 't' },
    ),
  ).toMatchObject([{ columns: ['double'], evidence: { limit: 0.98, n: rows } }]);
});

it('leaking: not an identifier whose categories are too small', () => {
  expect(
    find(
      'leaking',
      [
        coded(
          'id',
          each((i) => `row ${i}`),
        ),
        numeric('t', noise(4)),
      ],
      { kind: 'regression', target: 't' },
    ),
  ).toEqual([]);
});
