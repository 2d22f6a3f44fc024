/** @file The check `spellingVariants`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { coded } from '../tables';
import { each, find } from './planted';

it('spellings: case, spaces and encodings', () => {
  expect(
    find('spellingVariants', [
      coded(
        'a',
        each((i) => ['Male', 'male ', 'Female', 'Male'][i % 4]!),
      ),
    ]),
  ).toMatchObject([{ rows: 100, values: ['Male', 'male '], evidence: { values: 1, spellings: 2 } }]);
  expect(
    find('spellingVariants', [
      coded(
        'a',
        each((i) => ['e\u0301', '\u00e9'][i % 2]!),
      ),
    ]),
  ).toMatchObject([{ rows: 200 }]);
  expect(
    find('spellingVariants', [
      coded(
        'a',
        each((i) => ['Male', 'Female'][i % 2]!),
      ),
    ]),
  ).toEqual([]);
});
