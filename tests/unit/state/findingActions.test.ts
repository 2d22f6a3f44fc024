import { describe, expect, it } from 'vitest';
import { actionsFor, isDone, mergesOf } from '../../../src/state/findingActions';
import type { Finding } from '../../../src/domain/data/findings/check';
import type { ColumnProfile } from '../../../src/domain/data/profile';
import { emptyState } from '../../../src/domain/pipeline/project';

const { question } = emptyState;
const city: ColumnProfile = {
  name: 'city', type: 'category', rows: 10, missing: 0, distinct: 3, numeric: null, association: null,
  texts: { top: [{ text: 'Oslo', rows: 6 }, { text: 'oslo', rows: 3 }, { text: 'Bergen', rows: 1 }], other: 0, lengths: { min: 4, mean: 4, max: 6 } },
};
const found = (more: Partial<Finding>): Finding => ({ check: 'x', columns: ['city'], severity: 'medium', evidence: {}, suggestion: 'reviewLabels', ...more });

describe('what can be done about a finding', () => {
  it('begins with leaving the column out, and never offers it for the target', () => {
    const leaking = found({ suggestion: 'leaveOutOfModel' });
    expect(actionsFor(leaking, [city], question).map(({ kind }) => kind)).toEqual(['exclude', 'drop']);
    expect(actionsFor(leaking, [city], { ...question, target: 'city' })).toEqual([]);
  });

  it('begins with dropping a column that says nothing', () => {
    expect(actionsFor(found({ suggestion: 'dropColumn' }), [city], question)[0]).toEqual({ kind: 'drop', column: 'city' });
  });

  it('turns words into missing cells, unless there are too many', () => {
    const [action] = actionsFor(found({ suggestion: 'markMissing', values: ['?'], rows: 3 }), [city], question);
    expect(action).toEqual({ kind: 'replace', column: 'city', replacements: [{ from: ['?'], to: null }], rows: 3, tooMany: false });
    expect(actionsFor(found({ suggestion: 'markMissing', values: ['?'], rows: 5_001 }), [city], question)[0]).toMatchObject({ tooMany: true });
  });

  it('shows the rows of a value that stands out', () => {
    expect(actionsFor(found({ suggestion: 'markCapped', values: ['99'] }), [], question)).toEqual([{ kind: 'rows', conditions: [{ column: 'city', operator: '=', value: '99' }] }]);
  });

  it('offers nothing that would remove every copy of a row', () => {
    expect(actionsFor(found({ suggestion: 'deleteRepeats', columns: [] }), [], question)).toEqual([]);
  });
});

describe('joining spellings', () => {
  it('keeps the commonest of each group and leaves single ones alone', () => {
    expect(mergesOf(['Bergen', 'Oslo', 'oslo'], city)).toEqual([{ from: ['oslo'], to: 'Oslo' }]);
  });

  it('keeps the first where nothing is known of their numbers', () => {
    expect(mergesOf(['A', 'a '], undefined)).toEqual([{ from: ['a '], to: 'A' }]);
  });
});

describe('a finding that was acted on', () => {
  it('is done once its column is left out of models', () => {
    const finding = found({ suggestion: 'leaveOutOfModel' });
    expect(isDone(finding, question)).toBe(false);
    expect(isDone(finding, { ...question, exclude: ['city'] })).toBe(true);
  });
});
