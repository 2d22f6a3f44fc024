import { describe, expect, it } from 'vitest';
import { placesOfCell } from '../../../src/state/mistakes';

describe('places of a cell', () => {
  it('follow the cells before it', () => {
    expect([0, 1, 2, 3].map((cell) => placesOfCell([5, 2, 0, 3], cell))).toEqual([
      [0, 5],
      [5, 7],
      [7, 7],
      [7, 10],
    ]);
  });

  it('are none for a cell that is not there', () => {
    expect(placesOfCell([5, 2], 9)).toEqual([7, 7]);
  });
});
