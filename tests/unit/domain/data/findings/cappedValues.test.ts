/** @file The check `cappedValues`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { numeric } from '../tables';
import { each, find, noise } from './planted';

it('caps: a spike at the top, not at zero or at the usual value', () => {
  const gains = numeric(
    'gain',
    each((i) => (i < 6 ? 99_999 : i < 50 ? i * 100 : 0)),
  );
  expect(find('cappedValues', [gains])).toMatchObject([{ columns: ['gain'], rows: 6, values: ['99999'], evidence: { value: 99_999, beside: 1 } }]);
  expect(find('cappedValues', [numeric('a', noise(1))])).toEqual([]);
});

it('caps: the spike of the census, beside popular amounts', () => {
  // Rows of the eleven highest capital gains in the census sample, among zeroes.
  const gains: [number, number][] = [
    [99_999, 244],
    [41_310, 3],
    [34_095, 6],
    [27_828, 58],
    [25_236, 14],
    [25_124, 6],
    [22_040, 1],
    [20_051, 49],
    [18_481, 2],
    [15_831, 8],
    [15_024, 513],
  ];
  const values = [
    ...gains.flatMap(([gain, count]) => new Array<number>(count).fill(gain)),
    ...Array.from({ length: 40_000 }, (_, i) => (i < 30 ? i * 100 : 0)),
  ];
  expect(find('cappedValues', [numeric('capital-gain', values)])).toMatchObject([{ values: ['99999'], rows: 244, evidence: { beside: 7 } }]);
});
