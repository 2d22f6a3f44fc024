import { describe, expect, it } from 'vitest';
import { criterionFrom, criterionRead, faultsOf, freshDraft } from '../../../src/state/criterionDraft';

describe('a criterion that is being written', () => {
  it('begins on the better side of its metric, without a target', () => {
    expect(freshDraft('roc_auc')).toMatchObject({ direction: '>=', target: null });
    expect(freshDraft('brier')).toMatchObject({ direction: '<=', target: null });
    expect(criterionFrom(freshDraft('roc_auc'))).toBeNull();
  });

  it('refuses a target that its metric cannot reach', () => {
    const faults = faultsOf({ ...freshDraft('recall'), target: 1.4 });
    expect(faults.target).toEqual({ code: 'targetOutOfRange', details: { metric: 'recall', target: 1.4, low: 0, high: 1 } });
    expect(criterionFrom({ ...freshDraft('recall'), target: 1.4 })).toBeNull();
  });

  it('takes any error from 0 up', () => {
    expect(criterionFrom({ ...freshDraft('rmse'), target: 1e9 })).not.toBeNull();
    expect(criterionFrom({ ...freshDraft('rmse'), target: -1 })).toBeNull();
  });

  it('asks for the value of every condition, and for numbers where numbers are compared', () => {
    const draft = { ...freshDraft('recall'), target: 0.5 };
    expect(faultsOf({ ...draft, slice: [{ column: 'sex', operator: '=', value: null }, { column: 'age', operator: '>=', value: 'old' }, { column: 'age', operator: '>=', value: 65 }] }).slice).toEqual([true, true, false]);
  });

  it('is the same from text', () => {
    const read = criterionRead('recall[sex=Female & age>=65]>=0.5');
    expect(read).toEqual({ criterion: criterionFrom({ metric: 'recall', direction: '>=', target: 0.5, slice: [{ column: 'sex', operator: '=', value: 'Female' }, { column: 'age', operator: '>=', value: 65 }], why: ' ' }) });
  });

  it('says where a text is wrong', () => {
    expect(criterionRead('recall[sex=Female>=0.5')).toMatchObject({ refusal: { code: 'criterionSyntax', details: { at: 17 } } });
    expect(criterionRead('auc>=0.5')).toMatchObject({ refusal: { code: 'unknownMetric' } });
  });
});
