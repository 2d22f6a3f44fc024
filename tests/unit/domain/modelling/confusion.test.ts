import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusion } from '../../../../src/domain/modelling/confusion';
import { binaryRows, plantedMulticlass } from './scored';

describe('confusion', () => {
  it('has the truth in rows and the prediction in columns', () => {
    const rows = binaryRows([0, 0, 0, 1, 1], [0.9, 0.1, 0.2, 0.8, 0.3]);
    expect([...confusion(rows).cells]).toEqual([2, 1, 1, 1]);
  });

  it('every row is in exactly one cell', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 3, max: 5 }), fc.integer({ min: 1, max: 100 }), (n, classes, seed) => {
        const rows = plantedMulticlass(n, classes, seed);
        const { cells } = confusion(rows);
        if (rows.shape === 'regression') throw new Error('classes expected');
        const { truth, predicted } = rows;
        cells.forEach((count, cell) => {
          expect(truth.filter((label, i) => label === Math.floor(cell / classes) && predicted[i] === cell % classes)).toHaveLength(count);
        });
        expect(cells.reduce((sum, count) => sum + count, 0)).toBe(n);
      }),
    );
  });
});
