/** @file From a stored table, a split and a recipe to what learners take: feature rows and what they should predict. */

import { bytesOf, columnOf, rowsOf, wholeTable, type TableArtifact } from '../../src/storage/tables';
import type { Database } from '../../src/storage/database';
import type { Artifact } from '../../src/domain/pipeline/artifact';
import { applyRecipe, recipeInputs } from '../../src/domain/data/recipe/recipe';
import type { FittedRecipe } from '../../src/domain/data/recipe/recipeSpec';
import { rowsAt } from '../../src/domain/data/rowsAt';
import type { SplitBody } from '../../src/domain/data/splitManifest';
import type { Column, Table } from '../../src/domain/data/table';
import { classesOf } from '../../src/domain/modelling/classes';
import type { Examples, FeatureMeaning } from '../../src/domain/modelling/learner';
import type { Task } from '../../src/domain/modelling/task';
import { Refusal } from '../../src/domain/refusal';

/** The parts of a split, one byte a row. */
export const partsOf = (database: Database, split: Artifact<SplitBody>): Promise<Uint8Array<ArrayBuffer>> => bytesOf(database, split, split.body.parts);

/** Positions of the rows of one part, or of the rows whose part is one of several. */
export function positionsOf(parts: Uint8Array, wanted: readonly number[]): Uint32Array<ArrayBuffer> {
  let count = 0;
  for (const part of parts) if (wanted.includes(part)) count++;
  const positions = new Uint32Array(count);
  let at = 0;
  for (let row = 0; row < parts.length; row++) if (wanted.includes(parts[row]!)) positions[at++] = row;
  return positions;
}

/** The columns that a recipe reads. @param positions of the rows wanted, ascending; all when absent. @throws Refusal batchLacksColumn */
export async function inputTable(database: Database, table: TableArtifact, fitted: FittedRecipe, positions?: Uint32Array): Promise<Table> {
  const names = recipeInputs(fitted).map((input) => input.column);
  const missing = names.find((name) => !table.body.columns.some((column) => column.name === name));
  if (missing !== undefined) throw new Refusal('batchLacksColumn', { column: missing });
  return positions === undefined ? wholeTable(database, table, names) : rowsOf(database, table, names, positions);
}

/** What each row of a target column should be: the index of its class among the task's, or its value. NaN where missing or of no known class. */
export function truthOf(target: Column, task: Task): Float64Array {
  if (task.kind === 'regression') {
    if (target.values.kind !== 'numeric') throw new Refusal('targetNotNumeric', { column: target.name, type: target.type });
    return target.values.values;
  }
  const { labels, of } = classesOf(target);
  const index = labels.map((label) => task.classes.indexOf(label));
  return Float64Array.from(of, (code) => (code < 0 || index[code]! < 0 ? NaN : index[code]!));
}

/** The target column of a table, or undefined when the table has none. */
export async function targetOf(database: Database, table: TableArtifact, task: Task): Promise<Column | undefined> {
  const index = table.body.columns.findIndex((column) => column.name === task.target);
  return index < 0 ? undefined : columnOf(database, table, index);
}

/** Examples of the rows at these positions. @param weights of the classes, by index; null for 1 each */
export function examplesOf(inputs: Table, truth: Float64Array, positions: Uint32Array, fitted: FittedRecipe, weights: readonly number[] | null): Examples {
  const { x, rows, features } = applyRecipe(fitted, rowsAt(inputs, positions));
  const y = Float64Array.from(positions, (row) => truth[row]!);
  return { rows, features: features.length, x, y, ...(weights === null ? {} : { weights: Float64Array.from(y, (index) => weights[index]!) }) };
}

/** What the columns of the feature matrix are. */
export const meaningsOf = ({ features }: FittedRecipe): FeatureMeaning[] => features.map(({ name, column, categories = 0 }) => ({ name, column, categories }));

/** n / (K · n_k) for each class: every class weighs alike. */
export function balancedWeights(y: Float64Array, positions: Uint32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const row of positions) counts[y[row]!]!++;
  return counts.map((count) => (count === 0 ? 0 : positions.length / (classes * count)));
}
