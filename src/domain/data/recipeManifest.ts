/** @file The body of a recipe's manifest, and what a recipe step is asked. */

import type { RecipeChoice } from './recipe/recipeChoice';
import type { FittedRecipe, RecipeSpec } from './recipe/recipeSpec';

export interface RecipeBody {
  readonly spec: RecipeSpec;
  readonly fitted: FittedRecipe;
  /** Rows it was fitted on. */
  readonly rows: number;
}

export interface RecipeParams {
  readonly target: string;
  readonly exclude: readonly string[];
  /** Null: the beginner's recipe for the columns at hand. */
  readonly spec: RecipeSpec | null;
  /** How the beginner's recipe is to be varied; null: not at all. Not looked at when a recipe is given. */
  readonly choice: RecipeChoice | null;
}
