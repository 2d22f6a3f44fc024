import { describe, expect, it } from 'vitest';
import { profileOf } from '../../../../src/domain/data/profile';
import type { Column } from '../../../../src/domain/data/table';
import { shapeOf } from '../../../../src/domain/modelling/task';
import { taskOf } from '../../../../src/domain/modelling/taskOf';
import { taskFromProfile } from '../../../../src/domain/scoping/taskFromProfile';

const numeric = (values: number[], type: Column['type'] = 'integer'): Column => ({ name: 'y', type, values: { kind: 'numeric', values: Float64Array.from(values) } });
const coded = (texts: string[]): Column => {
  const dictionary = [...new Set(texts)];
  return { name: 'y', type: 'category', values: { kind: 'coded', dictionary, codes: Int32Array.from(texts, (text) => dictionary.indexOf(text)) } };
};
const many = Array.from({ length: 60 }, (_, i) => i);

describe('the task told from a profile', () => {
  it.each([
    ['two texts', coded(['yes', 'no', 'yes', 'no'])],
    ['three texts', coded(['a', 'b', 'c', 'a', 'b', 'c'])],
    ['0 and 1', numeric([0, 1, 1, 0])],
    ['truth values', numeric([0, 1, 1, 0], 'boolean')],
    ['few whole numbers', numeric([1, 2, 3, 1, 2, 3])],
    ['many whole numbers', numeric(many)],
    ['fractions', numeric([0.5, 1.5, 0.5, 1.5], 'number')],
    ['dates', numeric([0, 86_400_000, 0], 'date')],
  ])('is the one told from the values: %s', (_name, column) => {
    const told = taskFromProfile(profileOf(column), null);
    const task = taskOf(column, null, null);
    expect(told.kind).toBe(task.kind);
    expect(told.shape).toBe(shapeOf(task));
    if (told.classes.length > 0) expect(task).toMatchObject({ classes: told.classes });
  });

  it('is what was asked for, and still says what was detected', () => {
    expect(taskFromProfile(profileOf(numeric([0, 1, 1])), 'regression')).toMatchObject({ kind: 'regression', detected: 'classification', shape: 'regression', classes: [], canBeRegression: true });
    expect(taskFromProfile(profileOf(coded(['a', 'b'])), null).canBeRegression).toBe(false);
  });
});
