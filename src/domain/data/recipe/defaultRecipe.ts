/** @file The recipe a beginner starts with: sensible steps for each type of column. */

import type { ColumnSchema, ColumnType } from '../table';
import type { LeftOutReason, RecipeEntry, RecipeSpec, StepSpec } from './recipeSpec';

/** What is known about a column beforehand. Counts are over all rows. */
export interface ColumnCounts {
  readonly column: string;
  readonly present: number;
  readonly distinct: number;
}

const step = (transformer: string, params: StepSpec['params'] = {}): StepSpec => ({ transformer, params });

/**
 * Settings are spelt out, so that a later change of a default changes no stored recipe. Missing becomes a category before
 * rare ones are grouped: a handful of missing rows then joins `other`.
 */
const stepsFor = (type: ColumnType): readonly StepSpec[] | undefined => {
  switch (type) {
    case 'number':
    case 'integer':
      return [step('impute', { strategy: 'median', indicator: false }), step('scaleStandard')];
    case 'boolean':
      return [step('impute', { strategy: 'mostFrequent', indicator: false })];
    case 'category':
      return [
        step('impute', { strategy: 'constant', constant: '' }),
        step('groupRare', { minCount: 10, minShare: 0.001, limit: 99, other: 'other' }),
        step('oneHot', { limit: 100 }),
      ];
    case 'date':
      return [
        step('dateParts', { parts: ['year', 'month', 'day', 'weekday', 'hour', 'dayOfYear'] }),
        step('impute', { strategy: 'median', indicator: false }),
        step('scaleStandard'),
      ];
    case 'text':
    case 'identifier':
      return undefined;
  }
};

/**
 * One entry for each column that can be an input, the others listed with the reason why not.
 * @param exclude names of columns that the user or the split takes out.
 * @param counts when given, columns without a value or with a single one are left out.
 */
export function defaultRecipe(
  columns: readonly ColumnSchema[],
  target: string,
  exclude: readonly string[] = [],
  counts: readonly ColumnCounts[] = [],
): RecipeSpec {
  const entries: RecipeEntry[] = [];
  const leftOut: { column: string; reason: LeftOutReason }[] = [];
  for (const { name, type } of columns) {
    const steps = stepsFor(type);
    const count = counts.find(({ column }) => column === name);
    const reason = reasonOf(name, type, target, exclude, count);
    if (reason !== undefined || steps === undefined) leftOut.push({ column: name, reason: reason ?? 'text' });
    else entries.push({ column: name, type, steps });
  }
  return { version: 1, entries, leftOut };
}

function reasonOf(name: string, type: ColumnType, target: string, exclude: readonly string[], count: ColumnCounts | undefined): LeftOutReason | undefined {
  if (name === target) return 'target';
  if (exclude.includes(name)) return 'excluded';
  if (type === 'text' || type === 'identifier') return type;
  if (count?.present === 0) return 'empty';
  // A value here and nothing there still tells rows apart where missing is a category.
  return count?.distinct === 1 && type !== 'category' ? 'constant' : undefined;
}
