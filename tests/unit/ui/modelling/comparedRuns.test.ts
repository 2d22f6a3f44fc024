import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../src/domain/pipeline/project';
import { comparedRuns } from '../../../../src/ui/modelling/comparedRuns';

const numbersOf = (...learners: string[]): number[] =>
  comparedRuns(learners.map((learner, index) => ({ number: index + 1, plan: { learner } }) as unknown as Run), 3).map(({ number }) => number);

describe('runs side by side without a choice', () => {
  it('are the latest of each learner, whichever learners these are, and not the baseline', () => {
    expect(numbersOf('baseline', 'linear', 'boosting', 'dense')).toEqual([2, 3, 4]);
    expect(numbersOf('forest', 'ebm', 'forest', 'baseline')).toEqual([1, 2, 3]);
    expect(numbersOf('linear', 'tree', 'forest', 'forest', 'ebm', 'ebm')).toEqual([2, 4, 6]);
  });

  it('are earlier runs of the same learner before the baseline', () => {
    expect(numbersOf('baseline', 'forest', 'forest', 'forest')).toEqual([2, 3, 4]);
    expect(numbersOf('baseline', 'forest', 'baseline')).toEqual([1, 2, 3]);
    expect(numbersOf('baseline')).toEqual([1]);
    expect(numbersOf()).toEqual([]);
  });
});
