/** @file Fitting a recipe on training rows and turning tables into feature matrices, with one code for training and serving. */

import type { Json } from '../../canonical';
import { Refusal } from '../../refusal';
import { columnNamed, type Column, type Table } from '../table';
import type { Feature, FittedEntry, FittedRecipe, FittedStep, RecipeInput, RecipeSpec, StepSpec } from './recipeSpec';
import { transformers as builtIn } from './registry';
import { enteringValues, kindOfType, type Indicators, type Numbers, type StepValues } from './stepValues';
import type { Transformer } from './transformer';

/** A feature matrix, row-major, with the meaning of each column. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly x: Float32Array;
  readonly features: readonly Feature[];
}

/**
 * Fits every step of every entry on the training rows; other rows are not looked at.
 * @param isTraining a question about a row, or one byte a row, not 0 for training.
 * @throws Refusal `recipeHasNoTrainingRows` {rows}, `recipeLacksColumn` {column}, `recipeColumnType` {column, expected, found},
 *   `recipeUnknownStep` {column, step}, `recipeStepDoesNotFit` {column, step, kind}, `recipeBadSetting` {column, step, setting, value},
 *   `recipeColumnHasNoFeatures` {column}.
 */
export function fitRecipe(
  spec: RecipeSpec,
  table: Table,
  isTraining: ((row: number) => boolean) | Uint8Array,
  transformers: readonly Transformer[] = builtIn,
): FittedRecipe {
  const rows = trainingRows(table.rows, isTraining);
  if (rows.length === 0) throw new Refusal('recipeHasNoTrainingRows', { rows: table.rows });
  const entries: FittedEntry[] = [];
  const features: Feature[] = [];
  for (const entry of spec.entries) {
    const found = columnNamed(table.columns, entry.column);
    if (!found) throw new Refusal('recipeLacksColumn', { column: entry.column });
    checkType('recipeColumnType', entry, found);
    const steps: FittedStep[] = [];
    let values = enteringValues(found, rows);
    for (const step of entry.steps) {
      const transformer = transformerFor(step, entry.column, values, transformers);
      const state = fittedState(transformer, step, entry.column, values);
      values = transformer.apply(state, values);
      steps.push({ transformer: step.transformer, params: step.params, version: transformer.version, state });
    }
    features.push(...madeFeatures(values, entry.column));
    entries.push({ column: entry.column, type: entry.type, steps });
  }
  return { version: 1, entries, leftOut: spec.leftOut, features };
}

/**
 * The feature matrix of a table: rows × features, row-major. Columns that the recipe does not read may be there or not;
 * dictionaries may differ from those seen while fitting.
 * @throws Refusal `batchLacksColumn` {column}, `batchColumnType` {column, expected, found}, `recipeStepVersion` {column, step, version},
 *   `recipeLeavesMissing` {column, feature, row}: no step fills what is missing.
 */
export function applyRecipe(fitted: FittedRecipe, table: Table, transformers: readonly Transformer[] = builtIn): FeatureMatrix {
  const width = fitted.features.length;
  const x = new Float32Array(table.rows * width);
  let offset = 0;
  for (const entry of fitted.entries) {
    let values = enteringValues(batchColumn(entry, table));
    for (const step of entry.steps) {
      const transformer = transformerFor(step, entry.column, values, transformers);
      if (transformer.version !== step.version) throw new Refusal('recipeStepVersion', { column: entry.column, step: step.transformer, version: step.version });
      values = transformer.apply(step.state, values);
    }
    if (values.kind === 'indicators') offset = writeIndicators(values, x, width, offset);
    else if (values.kind === 'numbers') offset = writeNumbers(values, entry.column, x, width, offset);
    else throw new Refusal('recipeColumnHasNoFeatures', { column: entry.column });
  }
  if (offset !== width) throw new TypeError(`the recipe promised ${width} features and made ${offset}`);
  return { rows: table.rows, x, features: fitted.features };
}

/** The column of a batch that an input reads. @throws Refusal `batchLacksColumn` {column}, `batchColumnType` {column, expected, found}. */
export function batchColumn(input: RecipeInput, table: Table): Column {
  const found = columnNamed(table.columns, input.column);
  if (!found) throw new Refusal('batchLacksColumn', { column: input.column });
  checkType('batchColumnType', input, found);
  return found;
}

/** The input columns of a fitted recipe, each once, in the order of first use. */
export function recipeInputs(fitted: FittedRecipe): RecipeInput[] {
  const inputs: RecipeInput[] = [];
  for (const { column, type } of fitted.entries) if (!inputs.some((input) => input.column === column)) inputs.push({ column, type });
  return inputs;
}

function trainingRows(rows: number, isTraining: ((row: number) => boolean) | Uint8Array): Uint32Array {
  const chosen = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (typeof isTraining === 'function' ? isTraining(row) : isTraining[row] !== 0) chosen[count++] = row;
  return chosen.subarray(0, count);
}

/** integer and number are one, and so are all kinds of text: a batch is often read with less knowledge than the data. */
function checkType(code: 'recipeColumnType' | 'batchColumnType', entry: RecipeInput, found: Column): void {
  const isCompatible = kindOfType(entry.type) === kindOfType(found.type) && (entry.type === 'boolean') === (found.type === 'boolean');
  if (!isCompatible) throw new Refusal(code, { column: entry.column, expected: entry.type, found: found.type });
}

function transformerFor(step: StepSpec, column: string, values: StepValues, transformers: readonly Transformer[]): Transformer {
  const transformer = transformers.find(({ name }) => name === step.transformer);
  if (!transformer) throw new Refusal('recipeUnknownStep', { column, step: step.transformer });
  if (!transformer.accepts.includes(values.kind)) throw new Refusal('recipeStepDoesNotFit', { column, step: step.transformer, kind: values.kind });
  return transformer;
}

/** A transformer knows its setting only; the column and the step are added here. */
function fittedState(transformer: Transformer, step: StepSpec, column: string, values: StepValues): Json {
  try {
    return transformer.fit(values, step.params);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.code, { column, step: step.transformer, ...error.details });
    throw error;
  }
}

function madeFeatures(values: StepValues, column: string): readonly Feature[] {
  if (values.kind === 'indicators') return values.suffixes.map((suffix) => ({ name: column + suffix, column }));
  if (values.kind === 'numbers')
    return values.parts.map(({ suffix, categories, mayMiss }) => ({ name: column + suffix, column, ...(categories === undefined ? {} : { categories }), ...(mayMiss ? { mayMiss } : {}) }));
  throw new Refusal('recipeColumnHasNoFeatures', { column });
}

function writeIndicators(values: Indicators, x: Float32Array, width: number, offset: number): number {
  const { codes } = values;
  for (let row = 0, at = offset; row < codes.length; row++, at += width) if (codes[row]! >= 0) x[at + codes[row]!] = 1;
  return offset + values.suffixes.length;
}

function writeNumbers(values: Numbers, column: string, x: Float32Array, width: number, offset: number): number {
  values.parts.forEach((part, index) => {
    const source = part.values;
    for (let row = 0, at = offset + index; row < source.length; row++, at += width) {
      const value = source[row]!;
      if (!(value - value === 0) && !(part.mayMiss && value !== value)) throw new Refusal('recipeLeavesMissing', { column, feature: column + part.suffix, row });
      x[at] = value;
    }
  });
  return offset + values.parts.length;
}
