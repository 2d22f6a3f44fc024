/** @file The task that a target column poses. */
import { describe, expect, it } from 'vitest';
import { taskOf } from '../../../../src/domain/modelling/taskOf';
import { Refusal } from '../../../../src/domain/refusal';
import { coded, numeric } from '../data/tables';

const refused = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const many = Array.from({ length: 60 }, (_, i) => i);

describe('the task', () => {
  it('is classification for texts, booleans and few whole numbers', () => {
    expect(taskOf(coded('y', ['b', 'a', 'a']), null, null)).toEqual({ kind: 'classification', target: 'y', classes: ['a', 'b'], positive: 1 });
    expect(taskOf(numeric('y', [1, 0, 1], 'boolean'), null, null)).toEqual({ kind: 'classification', target: 'y', classes: ['false', 'true'], positive: 0 });
    expect(
      taskOf(
        numeric(
          'y',
          many.map((i) => i % 20),
          'integer',
        ),
        null,
        null,
      ),
    ).toMatchObject({ kind: 'classification', positive: null });
  });

  it('is regression for fractions, many numbers and dates', () => {
    expect(taskOf(numeric('y', [0.5, 1]), null, null)).toEqual({ kind: 'regression', target: 'y' });
    expect(
      taskOf(
        numeric(
          'y',
          many.map((i) => i % 21),
        ),
        null,
        null,
      ).kind,
    ).toBe('regression');
    expect(taskOf(numeric('y', [0, 86_400_000], 'date'), null, null).kind).toBe('regression');
  });

  it('follows what was asked', () => {
    expect(taskOf(numeric('y', [0, 1, 1]), 'regression', null).kind).toBe('regression');
    expect(taskOf(numeric('y', [0.5, 1.5, 1.5]), 'classification', '1.5')).toMatchObject({ classes: ['0.5', '1.5'], positive: 1 });
  });

  it('takes the rarer class as positive, the first where they tie', () => {
    expect(taskOf(coded('y', ['no', 'yes', 'no']), null, null)).toMatchObject({ classes: ['no', 'yes'], positive: 1 });
    expect(taskOf(coded('y', ['yes', 'no']), null, null)).toMatchObject({ positive: 0 });
  });

  it('refuses a target it cannot work with', () => {
    const codeOf = (work: () => unknown): string => refused(work).code;
    expect(refused(() => taskOf(coded('y', [null, null]), null, null))).toMatchObject({ code: 'allTargetMissing', details: { column: 'y', rows: 2 } });
    expect(refused(() => taskOf(coded('y', ['a', null, 'a']), null, null))).toMatchObject({ code: 'oneClassTarget', details: { column: 'y', class: 'a' } });
    expect(codeOf(() => taskOf(numeric('y', [3, 3]), 'regression', null))).toBe('oneClassTarget');
    expect(refused(() => taskOf(coded('y', many.map(String)), null, null))).toMatchObject({ code: 'targetNearlyUnique', details: { distinct: 60, rows: 60 } });
    expect(refused(() => taskOf(coded('y', ['a', 'b']), 'regression', null))).toMatchObject({ code: 'targetNotNumeric', details: { type: 'category' } });
    expect(codeOf(() => taskOf(coded('y', ['a', 'b', 'c']), null, 'a'))).toBe('positiveNeedsTwoClasses');
    expect(refused(() => taskOf(coded('y', ['a', 'b']), null, 'c'))).toMatchObject({
      code: 'unknownPositiveClass',
      details: { positive: 'c', first: 'a', second: 'b' },
    });
  });
});
