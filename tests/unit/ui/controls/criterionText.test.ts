import { describe, expect, it } from 'vitest';
import { criterionName, sliceText, targetText, verdictMark } from '../../../../src/ui/controls/criterionText';

describe('sliceText', () => {
  it('names every condition', () => {
    expect(
      sliceText([
        { column: 'sex', operator: '=', value: 'Female' },
        { column: 'age', operator: '>=', value: 65 },
      ]),
    ).toBe('sex is Female and age at least 65');
    expect(sliceText([])).toBe('');
  });
});

describe('criterionName', () => {
  it('says what must hold, how much and for whom', () => {
    const criterion = { metric: 'recall', direction: '>=' as const, target: 0.55, why: '' };
    expect(criterionName({ ...criterion, slice: [] })).toBe('Recall at least .55 for every row');
    expect(criterionName({ ...criterion, slice: [{ column: 'sex', operator: '=', value: 'Female' }] })).toBe('Recall at least .55 for rows with sex is Female');
    expect(targetText({ metric: 'rmse', direction: '<=', target: 12.5 })).toBe('at most 12.5');
  });
});

describe('verdictMark', () => {
  it('has a shape of its own for each verdict', () => {
    expect((['holds', 'fails', 'undecided'] as const).map(verdictMark)).toEqual(['evidence', 'failed', 'open']);
  });
});
