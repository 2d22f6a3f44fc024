import { expect, it } from 'vitest';
import { sliceable } from '../../../../src/domain/scoping/sliceable';
import { parseCriterion } from '../../../../src/domain/scoping/criterionGrammar';

it('keeps the criteria whose every slice column is there', () => {
  const criteria = ['accuracy>=0.5', 'recall[city=Oslo]>=0.5', 'recall[city=Oslo & age>=30]>=0.5'].map((text) => parseCriterion(text));
  expect(sliceable(criteria, [{ name: 'city', type: 'category' }])).toEqual(criteria.slice(0, 2));
  expect(sliceable(criteria, [])).toEqual(criteria.slice(0, 1));
});
