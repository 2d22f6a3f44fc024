/** @file What flows between the steps of a recipe: one column on its way to becoming features. */

import { isNumericType, type Column, type ColumnType } from '../table';

/** One feature column in the making, NaN is missing. A flag is a 0/1 mark that scalers leave alone. */
export interface NumberPart {
  /** Added to the column's name to name the feature. */
  readonly suffix: string;
  readonly values: Float32Array;
  readonly flag: boolean;
  /** Number of categories whose codes it holds; absent for a number. */
  readonly categories?: number;
  /** NaN may stay: a learner is meant to take it. */
  readonly mayMiss?: boolean;
}

/** The flag beside a part: 1 where its value is missing. */
export const missingMark = ({ suffix, values }: NumberPart): NumberPart => ({ suffix: `${suffix}.missing`, flag: true, values: values.map((value) => (value === value ? 0 : 1)) });

/** `numbers`: one or more feature columns. All arithmetic on them is float32, as in the exported graph. */
export interface Numbers {
  readonly kind: 'numbers';
  readonly parts: readonly NumberPart[];
}

/** `words`: an index into a dictionary, −1 is missing. The empty string is a word only after imputing made it one. */
export interface Words {
  readonly kind: 'words';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** `instants`: milliseconds since 1970 UTC, NaN is missing. */
export interface Instants {
  readonly kind: 'instants';
  readonly values: Float64Array;
}

/** `indicators`: one 0/1 feature a suffix, of which at most one is 1 in a row. `codes` names it, −1 is none. */
export interface Indicators {
  readonly kind: 'indicators';
  readonly codes: Int32Array;
  readonly suffixes: readonly string[];
}

export type StepValues = Numbers | Words | Instants | Indicators;
export type ValueKind = StepValues['kind'];

/** The kind with which a column enters its chain of steps. */
export const kindOfType = (type: ColumnType): 'numbers' | 'words' | 'instants' => (type === 'date' ? 'instants' : isNumericType(type) ? 'numbers' : 'words');

/** Above this a difference of two values could overflow float32. */
const largest = 1e38;

/**
 * The number as the exported graph receives it: rounded to float32. Not finite or beyond ±10^38 counts as missing (NaN).
 */
export function float32Of(value: number): number {
  const rounded = Math.fround(value);
  return rounded <= largest && rounded >= -largest ? rounded : NaN;
}

/**
 * The values of a column as a recipe starts with them.
 * @param rows the rows to take, in that order; all when absent.
 */
export function enteringValues(column: Column, rows?: Uint32Array): StepValues {
  const { values, type } = column;
  if (values.kind === 'coded') return enteringWords(values.codes, values.dictionary, rows);
  const source = values.values;
  if (type === 'date') return { kind: 'instants', values: rows ? Float64Array.from(rows, (row) => source[row]!) : source };
  const count = rows ? rows.length : source.length;
  const taken = new Float32Array(count);
  for (let i = 0; i < count; i++) taken[i] = float32Of(source[rows ? rows[i]! : i]!);
  return { kind: 'numbers', parts: [{ suffix: '', values: taken, flag: false }] };
}

/** ONNX has no missing string, so '' stands for it there. The same text must then mean missing here. */
function enteringWords(codes: Int32Array, dictionary: readonly string[], rows: Uint32Array | undefined): Words {
  const empty = dictionary.indexOf('');
  if (!rows && empty < 0) return { kind: 'words', codes, dictionary };
  const count = rows ? rows.length : codes.length;
  const taken = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const code = codes[rows ? rows[i]! : i]!;
    taken[i] = code === empty ? -1 : code;
  }
  return { kind: 'words', codes: taken, dictionary };
}
