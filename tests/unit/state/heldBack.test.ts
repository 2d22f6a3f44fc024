import { describe, expect, it } from 'vitest';
import { heldBackGroups } from '../../../src/state/heldBack';

describe('rows held back', () => {
  it('are counted by reason and column, the largest group first', () => {
    const row = { line: 1, text: '', length: 0 };
    expect(
      heldBackGroups([
        { ...row, reason: 'tooFewFields' },
        { ...row, reason: 'notANumber', column: 'age' },
        { ...row, reason: 'notANumber', column: 'pay' },
        { ...row, reason: 'notANumber', column: 'age' },
      ]),
    ).toEqual([
      { reason: 'notANumber', column: 'age', rows: 2 },
      { reason: 'tooFewFields', column: null, rows: 1 },
      { reason: 'notANumber', column: 'pay', rows: 1 },
    ]);
  });

  it('are told apart even where a column has the name of a reason', () => {
    const row = { line: 1, text: '', length: 0 };
    expect(heldBackGroups([{ ...row, reason: 'notADate', column: '__proto__' }, { ...row, reason: 'notADate' }])).toHaveLength(2);
  });
});
