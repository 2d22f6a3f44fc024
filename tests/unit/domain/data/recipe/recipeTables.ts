/** @file Tables and recipes for the tests of this folder: a census-like table, and tables that hold every oddity. */
import { seeded } from '../../../../../src/domain/random';
import type { Table } from '../../../../../src/domain/data/table';
import type { RecipeSpec, StepSpec } from '../../../../../src/domain/data/recipe/recipeSpec';
import { coded, numeric, tableOf } from '../tables';

export const step = (transformer: string, params: StepSpec['params'] = {}): StepSpec => ({ transformer, params });

export const everyRow = (): boolean => true;

const wordPool = ['Private', 'Gov', 'Self', '😀', 'Ωmega', '￮wide', '__proto__', 'other', 'a,b', 'x'.repeat(40)];
const instantPool = [
  0, -1, -86_400_000, 951_782_400_000, 951_868_799_999, 951_868_800_000, -2_203_891_200_000, 4_107_542_400_000, -62_135_596_800_000, 253_402_300_799_000,
  1_709_164_799_123, 68_169_599_000,
];

/** A table with missing values, rare and unseen words, emoji, and instants around leap years and before 1970. */
export function oddTable(seed: number, rows: number, missing = 0.15): Table {
  const random = seeded(seed);
  const or = <T>(value: T, hole: T): T => (random.next() < missing ? hole : value);
  const list = <T>(make: () => T): T[] => Array.from({ length: rows }, make);
  return tableOf(
    numeric(
      'age',
      list(() => or(17 + random.below(70), NaN)),
      'integer',
    ),
    numeric(
      'gain',
      list(() => or(random.next() < 0.8 ? 0 : Math.exp(6 + 3 * random.normal()), NaN)),
    ),
    numeric(
      'constant',
      list(() => or(2.5, NaN)),
    ),
    numeric(
      'member',
      list(() => or(random.below(2), NaN)),
      'boolean',
    ),
    coded(
      'work',
      list(() => or<string | null>(wordPool[Math.floor(wordPool.length * random.next() ** 2)]!, null)),
    ),
    coded(
      'level',
      list(() => or<string | null>(['low', 'middle', 'high', 'top'][random.below(4)]!, null)),
    ),
    numeric(
      'seen',
      list(() => or(random.next() < 0.3 ? instantPool[random.below(instantPool.length)]! : Math.floor((random.next() - 0.4) * 6e12), NaN)),
      'date',
    ),
  );
}

/** Every transformer, with settings beside the default. */
export const fullRecipe: RecipeSpec = {
  version: 1,
  leftOut: [],
  entries: [
    { column: 'age', type: 'integer', steps: [step('impute', { strategy: 'median', indicator: true }), step('scaleStandard')] },
    { column: 'age', type: 'integer', steps: [step('scaleQuantile', { quantiles: 20 }), step('impute', { strategy: 'constant', constant: -1 })] },
    { column: 'age', type: 'integer', steps: [step('keepMissing', { indicator: true }), step('scaleStandard'), step('impute', { strategy: 'constant', constant: -9 })] },
    { column: 'gain', type: 'number', steps: [step('impute', { strategy: 'mean' }), step('scaleRobust')] },
    { column: 'gain', type: 'number', steps: [step('impute', { strategy: 'mostFrequent', indicator: true }), step('scaleQuantile')] },
    { column: 'constant', type: 'number', steps: [step('impute'), step('scaleStandard')] },
    { column: 'member', type: 'boolean', steps: [step('impute', { strategy: 'mostFrequent' })] },
    { column: 'work', type: 'category', steps: [step('impute'), step('groupRare', { minCount: 3, minShare: 0 }), step('oneHot')] },
    {
      column: 'work',
      type: 'category',
      steps: [step('groupRare', { minCount: 3, minShare: 0, other: 'rest' }), step('impute', { strategy: 'mostFrequent' }), step('oneHot')],
    },
    { column: 'work', type: 'category', steps: [step('oneHot')] },
    { column: 'level', type: 'category', steps: [step('ordinal', { order: ['low', 'middle', 'high'] }), step('scaleStandard')] },
    { column: 'level', type: 'category', steps: [step('impute', { constant: 'none' }), step('ordinal')] },
    { column: 'seen', type: 'date', steps: [step('dateParts'), step('impute', { indicator: true }), step('scaleStandard')] },
    {
      column: 'seen',
      type: 'date',
      steps: [step('dateParts', { parts: ['weekday', 'year'] }), step('impute', { strategy: 'mostFrequent' }), step('scaleQuantile', { quantiles: 5 })],
    },
  ],
};

/** 14 columns in the proportions of the census income table. */
export function censusTable(rows: number): Table {
  const random = seeded(5);
  const list = <T>(make: () => T): T[] => Array.from({ length: rows }, make);
  const skewed = (prefix: string, count: number): (string | null)[] =>
    list(() => (random.next() < 0.03 ? null : `${prefix}${Math.floor(count * random.next() ** 3)}`));
  return tableOf(
    ...['age', 'weight', 'years', 'gain', 'loss', 'hours'].map((name) =>
      numeric(
        name,
        list(() => (random.next() < 0.02 ? NaN : Math.round(40 + 15 * random.normal()))),
        'integer',
      ),
    ),
    ...(
      [
        ['work', 9],
        ['education', 16],
        ['marital', 7],
        ['occupation', 15],
        ['relation', 6],
        ['origin', 5],
        ['sex', 2],
        ['country', 42],
      ] as const
    ).map(([name, count]) => coded(name, skewed(name, count))),
  );
}
