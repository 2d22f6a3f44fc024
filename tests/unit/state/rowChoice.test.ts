import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/state/problem';
import { choiceOf, conditionsFrom, conditionsText } from '../../../src/state/rowChoice';

describe('the rows that an address asks for', () => {
  it('are all rows where it says nothing', () => {
    expect(choiceOf(conditionsFrom('  '))).toEqual({ kind: 'all' });
  });

  it('are those of the slice it writes, and the text comes back the same', () => {
    const conditions = conditionsFrom('sex=Female & age>=65 & "a & b"="x]"');
    expect(conditions).toEqual([
      { column: 'sex', operator: '=', value: 'Female' },
      { column: 'age', operator: '>=', value: 65 },
      { column: 'a & b', operator: '=', value: 'x]' },
    ]);
    expect(conditionsFrom(conditionsText(conditions))).toEqual(conditions);
    expect(choiceOf(conditions)).toEqual({ kind: 'slice', conditions });
  });

  it('say where a text goes wrong, counted in that text', () => {
    const caught = (() => {
      try {
        conditionsFrom('age>old');
      } catch (error) {
        return error;
      }
      return null;
    })();
    expect(caught).toBeInstanceOf(Problem);
    expect((caught as Problem).refusal).toEqual({ code: 'criterionSyntax', details: { text: 'age>old', at: 4, expected: 'number' } });
  });
});
