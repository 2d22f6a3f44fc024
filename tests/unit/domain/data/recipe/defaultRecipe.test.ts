import { describe, expect, it } from 'vitest';
import { defaultRecipe } from '../../../../../src/domain/data/recipe/defaultRecipe';
import { applyRecipe, fitRecipe } from '../../../../../src/domain/data/recipe/recipe';
import { columnTypes } from '../../../../../src/domain/data/table';
import { coded, tableOf } from '../tables';
import { everyRow, oddTable } from './recipeTables';

describe('the default recipe', () => {
  it('uses what it can and lists the rest with the reason', () => {
    const columns = [
      ...columnTypes.map((type) => ({ name: `a ${type}`, type })),
      { name: 'answer', type: 'category' as const },
      { name: 'leak', type: 'number' as const },
      { name: 'empty', type: 'number' as const },
      { name: 'same', type: 'integer' as const },
    ];
    const counts = [
      { column: 'empty', present: 0, distinct: 0 },
      { column: 'same', present: 9, distinct: 1 },
    ];
    const { entries, leftOut } = defaultRecipe(columns, 'answer', ['leak'], counts);
    expect(entries.map(({ column }) => column)).toEqual(['a number', 'a integer', 'a boolean', 'a date', 'a category']);
    expect(leftOut).toEqual([
      { column: 'a text', reason: 'text' },
      { column: 'a identifier', reason: 'identifier' },
      { column: 'answer', reason: 'target' },
      { column: 'leak', reason: 'excluded' },
      { column: 'empty', reason: 'empty' },
      { column: 'same', reason: 'constant' },
    ]);
  });

  it('leaves nothing missing and nothing infinite', () => {
    const table = oddTable(4, 300, 0.4);
    const { x } = applyRecipe(fitRecipe(defaultRecipe(table.columns, 'level'), table, everyRow), oddTable(5, 200, 0.6));
    expect(x.every(Number.isFinite)).toBe(true);
  });

  it('gives a category at most 100 features', () => {
    const texts = Array.from({ length: 4000 }, (_, row) => `word ${row % 200}`);
    const table = tableOf(coded('many', texts));
    expect(fitRecipe(defaultRecipe(table.columns, 'none'), table, everyRow).features.length).toBe(100);
  });
});
