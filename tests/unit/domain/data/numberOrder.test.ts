/** @file Rows in the order of numbers, and ranks with ties shared. */
import { expect, it } from 'vitest';
import { midranks, numberOrder } from '../../../../src/domain/data/numberOrder';
import { seeded } from '../../../../src/domain/random';

it.each([0, 10, 4095, 20_000])('orders %i numbers with ties, signs, infinities and gaps', (rows) => {
  const random = seeded(5);
  const special = [0, -0, Infinity, -Infinity, Number.NaN, 5e-324, -5e-324, Number.MAX_VALUE];
  const values = Float64Array.from({ length: rows }, () => (random.below(3) === 0 ? special[random.below(8)]! : Math.round(random.normal() * 50)));
  const expected = Array.from({ length: rows }, (_, row) => row)
    .filter((row) => !Number.isNaN(values[row]!))
    .sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b));
  expect([...numberOrder(values)]).toEqual(expected);
});

it('shares the mean of the ranks among equal values', () => {
  const values = Float64Array.of(3, 1, Number.NaN, 3, -0, 0);
  expect([...midranks(values, numberOrder(values))]).toEqual([4.5, 3, 0, 4.5, 1.5, 1.5]);
});
