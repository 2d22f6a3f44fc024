/** @file Strata: classes, or tenths of a number. */
import { expect, it } from 'vitest';
import { strataOf, tenthEdges } from '../../../../src/domain/data/strata';
import { coded, numeric } from './tables';

it('are the classes for classification', () => {
  const { of, labels, edges } = strataOf(coded('y', ['b', null, 'a']), 'classification');
  expect([[...of], labels, edges]).toEqual([[1, -1, 0], ['a', 'b'], null]);
});

it('are ten equal tenths for regression', () => {
  const target = numeric('y', [...Array.from({ length: 200 }, (_, i) => (i * 37) % 200), Number.NaN]);
  const { of, labels, edges } = strataOf(target, 'regression');
  expect(edges).toEqual([19, 39, 59, 79, 99, 119, 139, 159, 179]);
  expect(labels).toHaveLength(10);
  for (let s = 0; s < 10; s++) expect(of.filter((x) => x === s)).toHaveLength(20);
  expect(of.at(-1)).toBe(-1);
  expect([...strataOf(numeric('y', [-5, 19, 19.5, 1e9]), 'regression', edges!).of]).toEqual([0, 0, 1, 9]);
});

it('merge where values repeat, and are one below a hundred rows', () => {
  expect(tenthEdges(Float64Array.from({ length: 1000 }, (_, i) => (i < 950 ? 0 : i)))).toEqual([0]);
  expect(tenthEdges(new Float64Array(1000))).toEqual([]);
  expect(tenthEdges(Float64Array.from({ length: 99 }, (_, i) => i))).toEqual([]);
});
