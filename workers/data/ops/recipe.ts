/** @file Fits a recipe on the training rows. */

import type { PerformOp } from '../../steps/op';
import { bytesOf, wholeTable, type TableArtifact } from '../../../src/storage/tables';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import { defaultRecipe, type ColumnCounts } from '../../../src/domain/data/recipe/defaultRecipe';
import { fitRecipe } from '../../../src/domain/data/recipe/recipe';
import { chosenRecipe } from '../../../src/domain/data/recipe/recipeChoice';
import { usableSpec } from '../../../src/domain/data/recipe/usableSpec';
import type { RecipeSpec } from '../../../src/domain/data/recipe/recipeSpec';
import type { RecipeBody, RecipeParams } from '../../../src/domain/data/recipeManifest';
import type { SplitBody } from '../../../src/domain/data/splitManifest';
import { isMissing, type Column } from '../../../src/domain/data/table';
import { Refusal } from '../../../src/domain/refusal';

/** Distinct values among the rows of the mask, counted up to two: all that the default recipe asks. */
export function countsOf(column: Column, mask: Uint8Array): ColumnCounts {
  let present = 0;
  let first: number | undefined;
  let distinct = 0;
  for (let row = 0; row < mask.length; row++) {
    if (mask[row] === 0 || isMissing(column.values, row)) continue;
    present++;
    const value = column.values.kind === 'numeric' ? column.values.values[row]! : column.values.codes[row]!;
    if (first === undefined) {
      first = value;
      distinct = 1;
    } else if (value !== first) distinct = 2;
  }
  return { column: column.name, present, distinct };
}

/** One byte a row: 1 where the part is the one asked for. */
export const maskOf = (parts: Uint8Array, part: number): Uint8Array => parts.map((own) => (own === part ? 1 : 0));

export const recipe: PerformOp = async (context) => {
  const params = context.params as unknown as RecipeParams;
  const table: TableArtifact = context.input('table');
  const split: Artifact<SplitBody> = context.input('split');
  context.progress({ phase: 'fittingRecipe', done: 0, of: null, facts: {} });
  const training = maskOf(await bytesOf(context.database, split, split.body.parts), 0);
  const left = new Set([params.target, ...params.exclude, ...(split.body.group === null ? [] : [split.body.group])]);
  const given = params.spec && usableSpec(params.spec, table.body.columns, { target: params.target, exclude: [...left] });
  // A recipe that is given reads the columns it names, the default one looks at all that may be inputs.
  const read = given === null ? table.body.columns.map(({ name }) => name).filter((name) => !left.has(name)) : given.entries.map(({ column }) => column);
  const whole = await wholeTable(context.database, table, read);
  const beginners = (): RecipeSpec =>
    defaultRecipe(
      table.body.columns,
      params.target,
      [...left],
      whole.columns.map((column) => countsOf(column, training)),
    );
  const spec = given ?? chosenRecipe(beginners(), params.choice ?? {});
  const fitted = fitRecipe(spec, whole, training);
  if (fitted.features.length === 0) throw new Refusal('noUsableColumns', { columns: table.body.columns.length - 1 });
  const body: RecipeBody = { spec, fitted, rows: split.body.counts.train };
  return { kind: 'made', output: { kind: 'recipe', schema: 1, body, chunks: [] } };
};
