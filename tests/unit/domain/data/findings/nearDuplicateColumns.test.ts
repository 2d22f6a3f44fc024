/** @file The check `nearDuplicateColumns`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded, numeric } from '../tables';
import { each, find, noise } from './planted';

it('near duplicates: numbers in a line, and categories under other names', () => {
  const a = numeric('celsius', noise(1));
  const b = numeric(
    'fahrenheit',
    noise(1).map((x) => 32 - 1.8 * x),
  );
  const c = coded(
    'sex',
    each((i) => 'fm'[i % 2]!),
  );
  const d = coded(
    'gender',
    each((i) => ['woman', 'man'][i % 2]!),
  );
  const almost = coded(
    'almost',
    each((i) => (i === 0 ? 'man' : ['woman', 'man'][i % 2]!)),
  );
  expect(find('nearDuplicateColumns', [a, b, c, d, almost, numeric('other', noise(2))]).map((f) => f.columns)).toEqual([
    ['celsius', 'fahrenheit'],
    ['sex', 'gender'],
  ]);
});
