/** @file The few choices about preparation that a beginner's recipe leaves open, and the recipe that follows from them. */

import type { RecipeEntry, RecipeSpec, StepSpec } from './recipeSpec';

export const scalings = ['standard', 'robust', 'quantile'] as const;
export const codings = ['oneHot', 'ordinal'] as const;

/** Plain JSON: part of a recipe step's parameters. */
export interface RecipeChoice {
  /** How numbers are scaled: by mean and deviation, by median and quartiles, or to ranks. */
  readonly scaling: (typeof scalings)[number];
  /** One column a category, or one number a category in code-point order. */
  readonly coding: (typeof codings)[number];
  /** Numbers with gaps get a second column that says where they were. */
  readonly missingIndicator: boolean;
}

export const beginnersChoice: RecipeChoice = { scaling: 'standard', coding: 'oneHot', missingIndicator: false };

const scalers = { standard: 'scaleStandard', robust: 'scaleRobust', quantile: 'scaleQuantile' } as const;

/** The recipe with every scaling, coding and imputing step as chosen; everything else stays. */
export function chosenRecipe(spec: RecipeSpec, choice: RecipeChoice): RecipeSpec {
  const step = (one: StepSpec, entry: RecipeEntry): readonly StepSpec[] => {
    if (one.transformer === 'scaleStandard') return [{ transformer: scalers[choice.scaling], params: {} }];
    // Ordered numbers have a scale of their own, so they are standardised like any other.
    if (one.transformer === 'oneHot' && choice.coding === 'ordinal') return [{ transformer: 'ordinal', params: {} }, { transformer: scalers[choice.scaling], params: {} }];
    if (one.transformer === 'impute' && (entry.type === 'number' || entry.type === 'integer')) return [{ ...one, params: { ...one.params, indicator: choice.missingIndicator } }];
    return [one];
  };
  return { ...spec, entries: spec.entries.map((entry) => ({ ...entry, steps: entry.steps.flatMap((one) => step(one, entry)) })) };
}
