import { describe, expect, it } from 'vitest';
import { featureName, pText, unitText } from '../../../../src/ui/modelling/weightWords';
import { words } from '../../../../src/words/words';

describe('a weight in words', () => {
  it('names the category that a feature stands for, and what is missing', () => {
    expect(featureName({ kind: 'number', name: 'age' })).toBe('age');
    expect(featureName({ kind: 'category', column: 'town', category: 'Bonn' })).toBe('town = Bonn');
    expect(featureName({ kind: 'category', column: 'town', category: '' })).toBe(`town = ${words.charts.missing}`);
    expect(featureName({ kind: 'missing', name: 'age' })).toBe('age was missing');
  });

  it('says the unit in the column’s own where it was scaled', () => {
    expect(unitText({ kind: 'deviation', size: 12.345 })).toBe('12.35 (one standard deviation)');
    expect(unitText({ kind: 'quartiles', size: 20 })).toBe('20 (the middle half)');
    for (const kind of ['own', 'ranks', 'indicator', 'other'] as const) expect(unitText({ kind })).not.toBe('');
  });

  it('says no p that is smaller than its digits', () => {
    expect([pText(0.0004), pText(0.04), pText(undefined)]).toEqual(['< .001', '.040', '–']);
  });
});
