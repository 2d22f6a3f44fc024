/** @file Turns a table into what an exported graph is fed with. Plain arrays: the runtime makes tensors of them. */

import { batchColumn } from '../../data/recipe/recipe';
import type { FittedRecipe } from '../../data/recipe/recipeSpec';
import { float32Of } from '../../data/recipe/stepValues';
import { textAt, type Table } from '../../data/table';
import { missingSeconds } from './graph';
import { graphInputs } from './graphInputs';

export type OnnxFeed = { readonly name: string; readonly column: string; /** [rows, 1] */ readonly dims: readonly [number, 1] } & (
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'int64'; readonly data: BigInt64Array }
  | { readonly type: 'string'; readonly data: readonly string[] }
);

/**
 * One feed an input column, in the order of the graph's inputs. Instants lose their fraction of a second, rounded down.
 * @throws Refusal `batchLacksColumn` {column}, `batchColumnType` {column, expected, found}.
 */
export function onnxInputs(recipe: FittedRecipe, table: Table): OnnxFeed[] {
  return graphInputs(recipe).map((input): OnnxFeed => {
    const { values } = batchColumn(input, table);
    const shared = { name: input.name, column: input.column, dims: [table.rows, 1] as const };
    if (values.kind === 'coded') return { ...shared, type: 'string', data: Array.from({ length: table.rows }, (_, row) => textAt(values, row) ?? '') };
    if (input.inputType === 'int64') return { ...shared, type: 'int64', data: BigInt64Array.from(values.values, secondsOf) };
    return { ...shared, type: 'float32', data: Float32Array.from(values.values, float32Of) };
  });
}

/** Whole seconds since 1970, or the mark of a missing instant. */
export const secondsOf = (instant: number): bigint => (Number.isNaN(instant) ? missingSeconds : BigInt(Math.floor(instant / 1000)));
