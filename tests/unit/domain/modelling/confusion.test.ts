import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusion, rowsInCell } from '../../../../src/domain/modelling/confusion';
import { binaryRows, plantedMulticlass } from './scored';

describe('confusion', () => {
  it('has the truth in rows and the prediction in columns', () => {
    const rows = binaryRows([0, 0, 0, 1, 1], [0.9, 0.1, 0.2, 0.8, 0.3]);
    expect([...confusion(rows).cells]).toEqual([2, 1, 1, 1]);
    expect([...rowsInCell(rows, 0, 1)]).toEqual([0]);
    expect([...rowsInCell(rows, 0, 0)]).toEqual([1, 2]);
  });

  it('every row is in exactly one cell, as often as the matrix counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 3, max: 5 }), fc.integer({ min: 1, max: 100 }), (n, classes, seed) => {
        const rows = plantedMulticlass(n, classes, seed);
        const { cells } = confusion(rows);
        const found: number[] = [];
        cells.forEach((count, cell) => {
          const inCell = rowsInCell(rows, Math.floor(cell / classes), cell % classes);
          expect(inCell.length).toBe(count);
          found.push(...inCell);
        });
        expect(found.sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });
});
