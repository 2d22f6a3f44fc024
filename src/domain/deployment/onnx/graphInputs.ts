/** @file The inputs of an exported graph: one for each input column, named by a counter since column names are data. */

import { recipeInputs } from '../../data/recipe/recipe';
import type { FittedRecipe, RecipeInput } from '../../data/recipe/recipeSpec';
import { kindOfType } from '../../data/recipe/stepValues';

/** What a graph takes for a column: float32 with NaN, text with '', or whole seconds since 1970 with the smallest int64 as missing. */
export type InputType = 'float32' | 'string' | 'int64';

export type GraphInput = RecipeInput & { /** `in0`, `in1`, … */ readonly name: string; readonly inputType: InputType };

const inputTypeOf = { numbers: 'float32', words: 'string', instants: 'int64' } as const;

/** In the order in which the recipe first reads the columns. */
export const graphInputs = (recipe: FittedRecipe): GraphInput[] =>
  recipeInputs(recipe).map(({ column, type }, index) => ({ name: `in${index}`, column, type, inputType: inputTypeOf[kindOfType(type)] }));
