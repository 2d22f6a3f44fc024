import { describe, expect, it } from 'vitest';
import type { ProjectEvent } from '../../../src/domain/pipeline/project';
import { isWhole } from '../../../src/domain/data/corrections';
import { heldBackGroups, isLeftOut } from '../../../src/state/heldBack';

describe('rows held back', () => {
  it('are counted by reason and column, the largest group first', () => {
    const row = { line: 1, text: '', length: 0 };
    expect(
      heldBackGroups([
        { ...row, reason: 'tooFewFields' },
        { ...row, reason: 'notANumber', column: 'age' },
        { ...row, reason: 'notANumber', column: 'pay' },
        { ...row, reason: 'notANumber', column: 'age' },
      ]).map(({ reason, column, rows }) => [reason, column, rows.length]),
    ).toEqual([
      ['notANumber', 'age', 2],
      ['tooFewFields', null, 1],
      ['notANumber', 'pay', 1],
    ]);
  });

  it('can be corrected here where their whole text was kept', () => {
    expect(isWhole({ line: 1, reason: 'tooFewFields', text: 'a,b', length: 3 })).toBe(true);
    expect(isWhole({ line: 1, reason: 'tooFewFields', text: 'a,b', length: 9_000 })).toBe(false);
  });

  it('are left out on purpose by the last word about their kind', () => {
    const said = (settled: boolean): ProjectEvent => ({ project: 'project:1', sequence: 1, at: 0, kind: 'alertSettled', detail: { finding: JSON.stringify(['heldBack', 1, 'notANumber', 'age']), settled }, state: null });
    const [age, pay] = ['age', 'pay'].map((column) => ({ reason: 'notANumber' as const, column }));
    expect(isLeftOut([said(true)], age!, 1)).toBe(true);
    expect(isLeftOut([said(true)], pay!, 1)).toBe(false);
    expect(isLeftOut([said(true)], age!, 2)).toBe(false);
    expect(isLeftOut([said(true), said(false)], age!, 1)).toBe(false);
  });

  it('are told apart even where a column has the name of a reason', () => {
    const row = { line: 1, text: '', length: 0 };
    expect(heldBackGroups([{ ...row, reason: 'notADate', column: '__proto__' }, { ...row, reason: 'notADate' }])).toHaveLength(2);
  });
});
