/** @file What a recipe says before and after fitting: plain JSON that is stored, hashed and travels with a model. */

import type { Json } from '../../canonical';
import type { ColumnType } from '../table';

/** One step: a transformer's name and its settings. */
export type StepSpec = { readonly transformer: string; readonly params: Readonly<Record<string, Json>> };

/** A column that a recipe reads. */
export type RecipeInput = { readonly column: string; readonly type: ColumnType };

/** One input column and the steps it goes through, in order. A column may have several entries. */
export type RecipeEntry = RecipeInput & { readonly steps: readonly StepSpec[] };

/** Why a column is not an input: a key of a sentence. */
export type LeftOutReason = 'target' | 'excluded' | 'text' | 'identifier' | 'empty' | 'constant';

export type RecipeSpec = {
  readonly version: 1;
  readonly entries: readonly RecipeEntry[];
  /** Columns of the data that are not used, each with its reason. */
  readonly leftOut: readonly { readonly column: string; readonly reason: LeftOutReason }[];
};

export type FittedStep = StepSpec & { /** The transformer's version when it was fitted. */ readonly version: number; readonly state: Json };
export type FittedEntry = RecipeInput & { readonly steps: readonly FittedStep[] };

/**
 * One column of the feature matrix, and the input column it came from. `categories`: it holds codes of so many categories. `mayMiss`: it may hold NaN.
 * Both are absent for a plain number.
 */
export type Feature = { readonly name: string; readonly column: string; readonly categories?: number; readonly mayMiss?: true };

export type FittedRecipe = {
  readonly version: 1;
  readonly entries: readonly FittedEntry[];
  readonly leftOut: RecipeSpec['leftOut'];
  /** The columns of the matrix, in order. */
  readonly features: readonly Feature[];
};
