import { describe, expect, it } from 'vitest';
import { cellOf, cellsOf, type Axis } from '../../../../../src/domain/modelling/forms/additive';
import { coarseFeature, mostCoarse } from '../../../../../workers/training/additive/coarseAxis';

const featureOf = (axis: Axis, counts: number[]): Parameters<typeof coarseFeature>[0] => ({ axis, cells: cellsOf(axis), column: new Uint8Array(0), counts: Float64Array.from(counts) });

describe('the coarser bins of a feature', () => {
  it('are at most 32 with that for what is missing, and fewer for few rows', () => {
    expect([1, 1000, 4096, 1e6].map(mostCoarse)).toEqual([8, 16, 32, 32]);
  });

  it('put neighbouring bins together, and map every value where its edges would', () => {
    const edges = Float32Array.from({ length: 200 }, (_, i) => i);
    const feature = featureOf({ feature: 0, kind: 'number', edges }, Array.from({ length: 202 }, (_, cell) => (cell === 0 ? 5 : cell === 100 ? 400 : 1)));
    const { axis, cells, map } = coarseFeature(feature, new Float64Array(202), 11);
    expect(cells).toBe(11);
    expect(cellsOf(axis)).toBe(11);
    for (const value of [NaN, -1, 0, 0.5, 98, 98.5, 99, 150, 199, 200]) expect(cellOf(axis, value)).toBe(map[cellOf(feature.axis, value)]);
    // A bin that outweighs its share ends its coarse bin.
    expect(map[101]).toBe(map[100]! + 1);
  });

  it('put categories together by their scores', () => {
    const axis: Axis = { feature: 0, kind: 'category', codes: Int32Array.of(2, 5, 7, 8), cells: Uint8Array.of(1, 2, 3, 4) };
    const all = coarseFeature(featureOf(axis, [0, 9, 9, 9, 9]), Float64Array.of(0, 3, -1, 2, 0), 32);
    expect([...all.map]).toEqual([0, 4, 1, 3, 2]);
    const { axis: coarse, cells } = coarseFeature(featureOf(axis, [0, 9, 9, 9, 9]), Float64Array.of(0, 3, -1, 2, 0), 3);
    expect(cells).toBe(3);
    expect([2, 5, 7, 8, 9, NaN].map((code) => cellOf(coarse, code))).toEqual([2, 1, 2, 1, 0, 0]);
  });
});
