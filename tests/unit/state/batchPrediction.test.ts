import { describe, expect, it } from 'vitest';
import { classCounts } from '../../../src/state/batchPrediction';

describe('classCounts', () => {
  it('counts each class, those never decided too', () => {
    expect(classCounts(Int32Array.of(0, 2, 2, 0, 2), 4)).toEqual([2, 0, 3, 0]);
  });
});
