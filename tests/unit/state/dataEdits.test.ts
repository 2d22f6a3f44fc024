import { describe, expect, it } from 'vitest';
import { questionRenamed } from '../../../src/state/dataEdits';
import { emptyState } from '../../../src/domain/pipeline/project';

const question = { ...emptyState.question, target: 'income', group: 'person', time: 'day', exclude: ['id', 'person'] };

describe('a question after a column is renamed', () => {
  it('names the column anew wherever it was named', () => {
    expect(questionRenamed(question, 'person', 'who')).toEqual({ group: 'who', exclude: ['id', 'who'] });
    expect(questionRenamed(question, 'income', 'pay')).toEqual({ target: 'pay' });
  });

  it('does not change when it did not name the column', () => {
    expect(questionRenamed(question, 'age', 'years')).toBeNull();
  });
});
