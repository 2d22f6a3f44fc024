import { describe, expect, it } from 'vitest';
import type { TermShape } from '../../../../src/domain/modelling/termShapes';
import { termShapes } from '../../../../src/domain/modelling/termShapes';
import { binName, binRows, binsOf, stepsOf, termName } from '../../../../src/ui/modelling/termDrawing';
import { words } from '../../../../src/words/words';
import { randomAdditive } from '../../domain/modelling/additiveModels';

const features = [
  { name: 'age', categories: null },
  { name: 'town', categories: ['Aachen', 'Bonn', 'Celle'] },
];

const curve = (scores: number[], deviations: number[]): TermShape['curves'][number] => ({ scores: Float32Array.from(scores), deviations: Float32Array.from(deviations) });
const age: TermShape = {
  index: 0,
  axes: [{ feature: 0, kind: 'number', edges: Float32Array.of(20, 60), codes: null }],
  curves: [curve([-1, 0.5, 2], [0.25, 0.5, 0])],
  counts: Float32Array.of(10, 30, 2),
  missing: { ...curve([-3], [1]), count: 4 },
  importance: 1,
};
const town: TermShape = { index: 1, axes: [{ feature: 1, kind: 'category', edges: null, codes: [[0], [2, 1]] }], curves: [curve([1, -1], [0, 0])], counts: Float32Array.of(5, 5), missing: null, importance: 1 };

describe('a term as it is drawn', () => {
  it('is a curve of steps from border to border, with a standard deviation on both sides', () => {
    expect(stepsOf(age.axes[0]!, age.curves[0]!)).toEqual({ x: [18, 20, 20, 60, 60, 62], y: [-1, -1, 0.5, 0.5, 2, 2], low: [-1.25, -1.25, 0, 0, 2, 2], high: [-0.75, -0.75, 1, 1, 2, 2] });
    // A single border, at 0: there is no range to go beyond.
    expect(stepsOf({ feature: 0, kind: 'number', edges: Float32Array.of(0), codes: null }, curve([1, 2], [0, 0])).x).toEqual([-1, 0, 0, 1]);
  });

  it('names its bins by their borders or their categories, and pairs by both columns', () => {
    expect([0, 1, 2].map((bin) => binName(age.axes[0]!, bin, features))).toEqual(['up to 20', '20 to 60', 'above 60']);
    expect([0, 1].map((bin) => binName(town.axes[0]!, bin, features))).toEqual(['Aachen', 'Celle, Bonn']);
    expect(binName(town.axes[0]!, 1, [features[0]!, { name: 'town', categories: null }])).toBe('2, 1');
    expect(binName(town.axes[0]!, 1, [features[0]!, { name: 'town', categories: ['Aachen', 'Bonn', ''] }])).toBe(`${words.charts.missing}, Bonn`);
    expect(termName({ axes: [age.axes[0]!, town.axes[0]!] }, features)).toBe('age × town');
  });

  it('lists the bins that say most to most rows, with what is missing, and none without rows', () => {
    expect(binRows(age, 0, features, 3)).toEqual([
      { name: '20 to 60', value: 0.5, low: 0, high: 1, n: 30 },
      { name: words.charts.missing, value: -3, low: -4, high: -2, n: 4 },
      { name: 'up to 20', value: -1, low: -1.25, high: -0.75, n: 10 },
    ]);
    const pair = termShapes(randomAdditive('softmax', 3)).find(({ index }) => index === 5)!;
    const rows = binRows(pair, 2, [{ name: 'a', categories: null }, features[1]!], 100);
    expect(rows.length).toBe([...pair.counts].filter((n) => n > 0).length);
    expect(rows.every(({ name }) => name.includes(' × '))).toBe(true);
    expect(binsOf(pair.axes[0]!) * binsOf(pair.axes[1]!)).toBe(pair.counts.length);
  });
});
