import { describe, expect, it } from 'vitest';
import { contentOrder, scoresOf, takenRows } from '../../../../src/domain/modelling/scoredRows';
import { binaryRows, plantedMulticlass, plantedRegression } from './scored';

describe('scored rows', () => {
  it('are ordered by the positive score, then by prediction and truth', () => {
    const rows = binaryRows([1, 0, 1, 0], [0.6, 0.2, 0.2, 0.6], [1, 0, 0, 0]);
    // Scores 0.2, 0.2, 0.6, 0.6: truth parts the first two, prediction the others.
    expect([...contentOrder([rows])]).toEqual([1, 2, 3, 0]);
  });

  it('that belong together are ordered together', () => {
    const same = plantedRegression(3, 1);
    const one = { ...same, truth: Float64Array.of(1, 1, 1), predicted: Float64Array.of(0, 0, 0) };
    const other = { ...same, truth: Float64Array.of(1, 1, 1), predicted: Float64Array.of(3, 1, 2) };
    expect([...contentOrder([one as typeof same, other as typeof same])]).toEqual([1, 2, 0]);
    expect([...contentOrder([])]).toEqual([]);
  });

  it('are taken with their probabilities, also more than once', () => {
    const rows = plantedMulticlass(4, 3, 1);
    const taken = takenRows(rows, [2, 0, 2]);
    if (rows.shape === 'regression' || taken.shape === 'regression') throw new Error('classes expected');
    expect([...taken.truth]).toEqual([rows.truth[2], rows.truth[0], rows.truth[2]]);
    expect([...taken.probabilities.subarray(6)]).toEqual([...rows.probabilities.subarray(6, 9)]);
    expect([...scoresOf(taken, 1)]).toEqual([rows.probabilities[7], rows.probabilities[1], rows.probabilities[7]]);
  });
});
