/** @file The classes of a target column. */
import { describe, expect, it } from 'vitest';
import { classesOf } from '../../../../src/domain/modelling/classes';
import { numeric } from '../data/tables';

describe('classes', () => {
  it('are sorted by code point, counted, and leave out what does not occur', () => {
    const { labels, counts, of } = classesOf({
      name: 'y',
      type: 'category',
      values: { kind: 'coded', codes: Int32Array.of(2, 0, -1, 2, 3), dictionary: ['b', 'never', '__proto__', '🙂'] },
    });
    expect(labels).toEqual(['__proto__', 'b', '🙂']);
    expect([...counts]).toEqual([2, 1, 1]);
    expect([...of]).toEqual([0, 1, -1, 0, 2]);
  });

  it('of numbers print as ECMAScript prints them', () =>
    expect(classesOf(numeric('y', [10, 2, 0.1, -0, 0, Number.NaN, 1e21])).labels).toEqual(['0', '0.1', '10', '1e+21', '2']));
});
