import { describe, expect, it } from 'vitest';
import { defaultRecipe } from '../../../../../src/domain/data/recipe/defaultRecipe';
import { applyRecipe, fitRecipe } from '../../../../../src/domain/data/recipe/recipe';
import { chosenRecipe, completeChoice, recipeSettings, shortChoice, type RecipeChoice } from '../../../../../src/domain/data/recipe/recipeChoice';
import type { Table } from '../../../../../src/domain/data/table';
import { Refusal } from '../../../../../src/domain/refusal';

const rows = 40;
const table: Table = {
  rows,
  columns: [
    { name: 'n', type: 'number', values: { kind: 'numeric', values: Float64Array.from({ length: rows }, (_, i) => (i === 3 ? NaN : i ** 2)) } },
    { name: 'b', type: 'boolean', values: { kind: 'numeric', values: Float64Array.from({ length: rows }, (_, i) => (i === 5 ? NaN : i % 2)) } },
    // 20 a, 16 b, 3 c, one missing.
    { name: 'c', type: 'category', values: { kind: 'coded', codes: Int32Array.from({ length: rows }, (_, i) => (i === 0 ? -1 : i < 21 ? 0 : i < 37 ? 1 : 2)), dictionary: ['a', 'b', 'c'] } },
    { name: 'd', type: 'date', values: { kind: 'numeric', values: Float64Array.from({ length: rows }, (_, i) => (i === 9 ? NaN : Date.UTC(2024, i % 12, 1 + (i % 28), i % 24))) } },
  ],
};
const base = defaultRecipe(table.columns, 'y');
const made = (choice: RecipeChoice) => {
  const fitted = fitRecipe(chosenRecipe(base, choice), table, () => true);
  const { x, features } = applyRecipe(fitted, table);
  return { fitted, x, names: features.map(({ name }) => name) };
};

describe('a chosen recipe', () => {
  it('is the beginner’s where nothing is chosen, and where every default is', () => {
    expect(chosenRecipe(base, {})).toEqual(base);
    expect(chosenRecipe(base, completeChoice({}))).toEqual(base);
  });

  it('can be fitted and applied under every value of every setting, two at a time, with gaps only where a learner is to take them', () => {
    const values = recipeSettings.map(({ name, choices, range, ...one }) => ({ name, values: choices ?? range ?? [one.default, !one.default] }));
    for (const first of values) {
      for (const second of values.filter((other) => other !== first)) {
        for (const a of first.values) {
          for (const b of second.values) {
            const { x, names, fitted } = made({ [first.name]: a, [second.name]: b });
            const may = fitted.features.map(({ mayMiss }) => mayMiss === true);
            expect(x.every((value, at) => Number.isFinite(value) || (Number.isNaN(value) && may[at % names.length]!)), `${first.name}=${a} ${second.name}=${b}`).toBe(true);
            expect(may.some(Boolean)).toBe([a, b].includes('keep') || [a, b].includes('codes'));
            expect(x).toHaveLength(rows * names.length);
          }
        }
      }
    }
  });

  it('fills numbers as chosen', () => {
    const fill = (fillNumbers: string): unknown => (made({ fillNumbers }).fitted.entries[0]!.steps[0]!.state as { fills: number[] }).fills[0];
    const present = Array.from({ length: rows }, (_, i) => i ** 2).filter((_, i) => i !== 3);
    expect(fill('median')).toBe([...present].sort((a, b) => a - b)[19]);
    expect(fill('mean')).toBeCloseTo(present.reduce((sum, x) => sum + x, 0) / present.length, 3);
    expect(fill('zero')).toBe(0);
    expect(fill('mostFrequent')).toBe(0);
  });

  it('says where numbers were missing, filled or kept', () => {
    const numbersOf = (choice: RecipeChoice): string[] => made({ missingIndicator: true, ...choice }).names.filter((name) => !/^[cd]/.test(name));
    expect(numbersOf({})).toEqual(numbersOf({ fillNumbers: 'keep' }));
    expect(numbersOf({ fillNumbers: 'keep' })).toContain('n.missing');
    const { x, names, fitted } = made({ missingIndicator: true, fillNumbers: 'keep', scaling: 'none' });
    const of = (name: string): number[] => Array.from({ length: rows }, (_, row) => x[row * names.length + names.indexOf(name)]!);
    expect(of('n').map(Number.isNaN)).toEqual(Array.from({ length: rows }, (_, row) => row === 3));
    expect(of('n.missing')).toEqual(Array.from({ length: rows }, (_, row) => (row === 3 ? 1 : 0)));
    expect(fitted.features.filter(({ mayMiss }) => mayMiss).map(({ name }) => name)).not.toContain('n.missing');
  });

  it('keeps missing as a category of its own, or fills it with the most frequent one', () => {
    expect(made({ rareBelow: 0 }).names.filter((name) => name.startsWith('c'))).toHaveLength(4);
    expect(made({ rareBelow: 0, fillCategories: 'mostFrequent' }).names.filter((name) => name.startsWith('c'))).toHaveLength(3);
  });

  it('groups what is rarer than chosen, and keeps no more categories than chosen', () => {
    const categories = (choice: RecipeChoice): string[] => made(choice).names.filter((name) => name.startsWith('c'));
    expect(categories({})).toHaveLength(3);
    expect(categories({ rareBelow: 17 })).toHaveLength(2);
    expect(categories({ rareBelow: 0, mostCategories: 2 })).toHaveLength(2);
  });

  it('takes the parts of dates that were chosen', () => {
    const parts = (dateParts: string): string[] => made({ dateParts }).names.filter((name) => name.startsWith('d')).map((name) => name.slice(2));
    expect(parts('yearAndMonth')).toEqual(['year', 'month']);
    expect(parts('withoutYear')).not.toContain('year');
    expect(parts('withoutHour')).not.toContain('hour');
    expect(parts('all')).toEqual(expect.arrayContaining(['year', 'hour']));
  });

  it('is asked for by what differs, so that equal recipes are found again', () => {
    expect(shortChoice(null)).toBeNull();
    expect(shortChoice({ scaling: 'standard', rareBelow: '10' })).toBeNull();
    expect(shortChoice({ dateParts: 'withoutYear', scaling: 'robust' })).toEqual({ scaling: 'robust', dateParts: 'withoutYear' });
  });

  it('refuses what is no setting and no value of one', () => {
    expect(() => completeChoice({ scale: 'robust' })).toThrow(new Refusal('settingUnknown', { of: 'recipe', name: 'scale', known: recipeSettings.map(({ name }) => name).join(', ') }));
    expect(() => completeChoice({ scaling: 'log' })).toThrow(/settingNotAChoice/);
    expect(() => completeChoice({ rareBelow: -1 })).toThrow(/settingOutOfRange/);
    expect(() => completeChoice({ missingIndicator: 'perhaps' })).toThrow(/settingNotYesOrNo/);
  });
});
