/**
 * @file Parity: does an exported model answer as the model it was made from? The document `parity.json` carries inputs and
 * expected outputs, so that any runtime can ask. It fails closed: whatever cannot be compared has not passed.
 */

import type { Json } from '../canonical';
import { batchColumn } from '../data/recipe/recipe';
import type { FittedRecipe } from '../data/recipe/recipeSpec';
import { float32Of } from '../data/recipe/stepValues';
import { isMissing, textAt, type Table } from '../data/table';
import type { Task } from '../modelling/task';
import { graphInputs, type GraphInput } from './onnx/graphInputs';

/** Fewest rows that a verdict may stand on. */
export const parityRowsAtLeast = 32;

/** Tolerance on a probability, and on a number in units of the target's standard deviation. */
export const probabilityTolerance = 1e-5;
export const valueTolerance = 1e-4;

export interface ParityVerdict {
  readonly rows: number;
  /** Infinity where an answer is missing, not a number, or of another length. */
  readonly maxAbsDiff: number;
  readonly tolerance: number;
  readonly verdict: 'passed' | 'failed';
}

/**
 * @param targetDeviation standard deviation of the target over the training rows; 1 stands in for 0. Not used for classification.
 */
export function parityTolerance(task: Task, targetDeviation: number): number {
  return task.kind === 'classification' ? probabilityTolerance : valueTolerance * (targetDeviation > 0 ? targetDeviation : 1);
}

/** Compares n × K probabilities or n values, row-major. Fewer than 32 rows fail. */
export function comparedOutputs(expected: ArrayLike<number>, found: ArrayLike<number>, rows: number, tolerance: number): ParityVerdict {
  let maxAbsDiff = expected.length === found.length && rows > 0 && expected.length % rows === 0 && expected.length > 0 ? 0 : Infinity;
  for (let i = 0; i < expected.length && maxAbsDiff < Infinity; i++) {
    const difference = Math.abs(expected[i]! - found[i]!);
    maxAbsDiff = Number.isNaN(difference) ? Infinity : Math.max(maxAbsDiff, difference);
  }
  return { rows, maxAbsDiff, tolerance, verdict: rows >= parityRowsAtLeast && maxAbsDiff <= tolerance ? 'passed' : 'failed' };
}

/** Rows spread evenly over a table, at least 32: a smaller table gives some of them twice. @param rows at least 1. */
export function parityRows(rows: number, wanted = 64): Uint32Array {
  const count = Math.max(parityRowsAtLeast, Math.min(wanted, rows));
  return Uint32Array.from({ length: count }, (_, index) => Math.floor((index * rows) / count));
}

export interface ParityInput {
  readonly task: Task;
  readonly recipe: FittedRecipe;
  /** The raw input columns of the parity rows, at least 32. */
  readonly table: Table;
  /** rows × K probabilities or rows values from the engine that trains and serves. */
  readonly expected: Float64Array;
  /** Class index of each row, as served; absent for regression. */
  readonly labels?: ArrayLike<number>;
  readonly targetDeviation: number;
  readonly threshold?: number;
  /** How text in a file becomes numbers, words and instants: decimal mark, words for true and missing, date formats. */
  readonly parsing: Json;
  /** What else callers do before the graph, in order. */
  readonly outside?: readonly { readonly column: string; readonly step: string }[];
}

/** The content of parity.json. Missing is null; instants are whole seconds since 1970; numbers are rounded to float32 as the graph takes them. */
export function parityDocument(input: ParityInput): Json {
  const { task, recipe, table, expected } = input;
  if (table.rows < parityRowsAtLeast) throw new RangeError(`parity needs ${parityRowsAtLeast} rows, not ${table.rows}`);
  const width = task.kind === 'classification' ? task.classes.length : 1;
  if (expected.length !== table.rows * width || !expected.every(Number.isFinite)) throw new RangeError('parity needs a finite expected output for each row');
  const inputs = graphInputs(recipe);
  const columns = inputs.map((one) => cellsOf(one, table));
  const byRow = (row: number): Json => [...expected.subarray(row * width, (row + 1) * width)];
  const rows = Array.from({ length: table.rows }, (_, row) => row);
  const classes = task.kind === 'classification' ? task.classes : [];
  const labels = input.labels;
  return {
    format: 'perennial-parity',
    version: 1,
    task: task.kind,
    target: task.target,
    ...(task.kind === 'classification'
      ? { classes: [...classes], positive: task.positive, threshold: task.classes.length === 2 ? (input.threshold ?? 0.5) : null }
      : {}),
    tolerance: parityTolerance(task, input.targetDeviation),
    inputs: inputs.map((one) => ({ name: one.name, column: one.column, type: one.type, inputType: one.inputType, missing: missingMarks[one.inputType] })),
    rows: rows.map((row) => columns.map((cells) => cells[row]!)),
    expected: {
      ...(task.kind === 'classification' ? { probabilities: rows.map(byRow) } : { value: [...expected] }),
      ...(labels ? { label: rows.map((row) => classes[labels[row]!]!) } : {}),
    },
    parsing: input.parsing,
    outside: [
      ...(input.outside ?? []),
      ...inputs.filter(({ inputType }) => inputType === 'int64').map(({ column }) => ({ column, step: 'wholeSecondsRoundedDown' })),
    ],
  };
}

const missingMarks = { float32: 'NaN', string: '', int64: '-9223372036854775808' } as const;

function cellsOf(input: GraphInput, table: Table): Json[] {
  const { values } = batchColumn(input, table);
  return Array.from({ length: table.rows }, (_, row): Json => {
    if (isMissing(values, row)) return null;
    if (values.kind === 'coded') return textAt(values, row) || null;
    const value = values.values[row]!;
    if (input.inputType === 'int64') return Math.floor(value / 1000);
    const rounded = float32Of(value);
    return Number.isNaN(rounded) ? null : rounded;
  });
}
