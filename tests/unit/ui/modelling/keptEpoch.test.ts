import { describe, expect, it } from 'vitest';
import { keptIndex } from '../../../../src/ui/modelling/keptEpoch';

const curve = [1, 2, 3].map((epoch) => ({ epoch, epochs: 3, trainLoss: 1, validationLoss: 1 }));

describe('the epoch that was kept', () => {
  it('is the one the learner names', () => {
    expect(keptIndex({ curve, facts: { keptEpoch: 2 } })).toBe(1);
  });

  it('is the last where the learner names none', () => {
    expect(keptIndex({ curve, facts: {} })).toBe(2);
  });

  it('is none without a curve', () => {
    expect(keptIndex({ curve: [], facts: {} })).toBe(-1);
  });
});
