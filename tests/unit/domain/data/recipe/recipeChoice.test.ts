import { describe, expect, it } from 'vitest';
import { defaultRecipe } from '../../../../../src/domain/data/recipe/defaultRecipe';
import { applyRecipe, fitRecipe } from '../../../../../src/domain/data/recipe/recipe';
import { beginnersChoice, chosenRecipe, codings, scalings } from '../../../../../src/domain/data/recipe/recipeChoice';
import type { Table } from '../../../../../src/domain/data/table';

const table: Table = {
  rows: 40,
  columns: [
    { name: 'n', type: 'number', values: { kind: 'numeric', values: Float64Array.from({ length: 40 }, (_, i) => (i === 3 ? NaN : i ** 2)) } },
    { name: 'c', type: 'category', values: { kind: 'coded', codes: Int32Array.from({ length: 40 }, (_, i) => i % 2), dictionary: ['a', 'b'] } },
  ],
};
const base = defaultRecipe(table.columns, 'y');

describe('a chosen recipe', () => {
  it('is the beginner’s under the beginner’s choice', () => {
    expect(chosenRecipe(base, beginnersChoice)).toEqual(base);
  });

  it('can be fitted and applied under every choice, without a gap', () => {
    for (const scaling of scalings) {
      for (const coding of codings) {
        for (const missingIndicator of [false, true]) {
          const fitted = fitRecipe(chosenRecipe(base, { scaling, coding, missingIndicator }), table, () => true);
          const { x, features } = applyRecipe(fitted, table);
          expect(x.every(Number.isFinite)).toBe(true);
          expect(features).toHaveLength((missingIndicator ? 2 : 1) + (coding === 'oneHot' ? 2 : 1));
        }
      }
    }
  });
});
