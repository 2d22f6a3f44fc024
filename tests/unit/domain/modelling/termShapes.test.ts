import { describe, expect, it } from 'vitest';
import { termShapes } from '../../../../src/domain/modelling/termShapes';
import { axes, randomAdditive } from './additiveModels';

describe('the shapes of terms', () => {
  it('are the cells with a value, one curve an output, and what is missing apart', () => {
    const model = randomAdditive('softmax', 3);
    const shapes = termShapes(model);
    expect(shapes.length).toBe(model.terms.length);
    for (const { index, axes: shown, curves, counts, missing } of shapes) {
      const term = model.terms[index]!;
      expect(curves.length).toBe(3);
      if (shown.length > 1) {
        expect(missing).toBeNull();
        continue;
      }
      expect(Array.from(curves[2]!.scores)).toEqual(Array.from(term.counts, (_, cell) => term.scores[cell * 3 + 2]!).slice(1));
      expect(Array.from(curves[1]!.deviations)).toEqual(Array.from(term.counts, (_, cell) => term.deviations[cell * 3 + 1]!).slice(1));
      expect(Array.from(counts)).toEqual(Array.from(term.counts).slice(1));
      if (term.counts[0] === 0) expect(missing).toBeNull();
      else expect(missing).toEqual({ scores: term.scores.slice(0, 3), deviations: term.deviations.slice(0, 3), count: term.counts[0] });
    }
  });

  it('give pairs as rows and columns of bins', () => {
    const model = randomAdditive('sigmoid', 1);
    const pair = termShapes(model).find(({ index }) => index === 5)!;
    expect(pair.axes.map(({ kind, feature }) => [kind, feature])).toEqual([
      ['number', 0],
      ['category', 1],
    ]);
    // 7 × 4 cells, of which the first row and column are for what is missing.
    expect(pair.curves[0]!.scores.length).toBe(6 * 3);
    expect(pair.curves[0]!.scores[3 * 2 + 1]).toBe(model.terms[5]!.scores[4 * 3 + 2]);
    expect(pair.axes[0]!.edges).toEqual(axes.number.edges);
    expect(pair.axes[1]!.codes).toEqual([[0], [2, 70_000], [3]]);
  });

  it('come in the order of their importance: the mean size of the score over the rows', () => {
    const { number, flat } = axes;
    const zeros = (n: number): Float32Array => new Float32Array(n);
    const model = {
      ...randomAdditive('identity', 1),
      terms: [
        { axes: [flat], scores: Float32Array.of(5, 0), deviations: zeros(2), counts: Float32Array.of(1, 9) },
        { axes: [number], scores: Float32Array.of(0, 1, -1, 3, -3, 0, 0), deviations: zeros(7), counts: Float32Array.of(0, 4, 4, 1, 1, 0, 0) },
        { axes: [flat], scores: Float32Array.of(7, 0), deviations: zeros(2), counts: zeros(2) },
      ],
    };
    expect(termShapes(model).map(({ index, importance }) => [index, importance])).toEqual([
      [1, 1.4],
      [0, 0.5],
      [2, 0],
    ]);
  });
});
