import { describe, expect, it } from 'vitest';
import { begunFrom } from '../../../src/state/begunTrainings';

describe('trainings that were begun', () => {
  it('are read back', () => {
    const one = { key: 'sha256:00', version: 2, number: 4, choice: { learner: 'dense', hyperparameters: {}, seed: 1, engine: 'cpu', balanced: false } };
    expect(begunFrom(JSON.stringify([one]))).toEqual([one]);
  });

  it('are none where nothing, or something else, is stored', () => {
    expect([null, '', '{', '3', '[null, 4, {"key":"a"}]'].map(begunFrom)).toEqual([[], [], [], [], []]);
  });
});
