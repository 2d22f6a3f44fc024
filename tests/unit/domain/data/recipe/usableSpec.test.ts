import { expect, it } from 'vitest';
import { renamedSpec, usableSpec } from '../../../../../src/domain/data/recipe/usableSpec';
import type { RecipeSpec } from '../../../../../src/domain/data/recipe/recipeSpec';

const column = (name: string) => ({ name, type: 'number' as const });
const spec: RecipeSpec = {
  version: 1,
  entries: ['a', 'b', 'c', 'b', 'day', '__proto__'].map((name) => ({ column: name, type: 'number', steps: [{ transformer: 'scaleStandard', params: {} }] })),
  leftOut: [
    { column: 'y', reason: 'target' },
    { column: 'gone', reason: 'empty' },
    { column: 'note', reason: 'text' },
  ],
};

it('drops the target, what is excluded and what is gone, and says why', () => {
  const made = usableSpec(spec, ['a', 'b', 'day', 'y', 'note', '__proto__'].map(column), { target: 'b', exclude: ['day'] });
  expect(made.entries.map((entry) => entry.column)).toEqual(['a', '__proto__']);
  expect(made.leftOut).toEqual([
    { column: 'y', reason: 'target' },
    { column: 'note', reason: 'text' },
    { column: 'b', reason: 'target' },
    { column: 'day', reason: 'excluded' },
  ]);
});

it('follows columns that were renamed, and loses those that are gone', () => {
  const made = renamedSpec(spec, (name) => (name === 'a' ? 'A' : name === 'c' || name === 'gone' ? null : name));
  expect(made.entries.map((entry) => entry.column)).toEqual(['A', 'b', 'b', 'day', '__proto__']);
  expect(made.leftOut.map((one) => one.column)).toEqual(['y', 'note']);
});
