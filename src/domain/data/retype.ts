/** @file A column under another type. What does not convert becomes missing, is counted, and shown by example. */

import { numberText, numericValueOf } from './cell';
import { isNumericType, type Column, type ColumnType, type ColumnValues } from './table';

export interface Retyped {
  readonly column: Column;
  /** Cells that became missing. */
  readonly unconverted: number;
  /** The first few of them, each text once. */
  readonly examples: readonly string[];
}

const mostExamples = 5;

/** A number of one numeric type as another, or NaN. */
function converted(value: number, from: ColumnType, to: ColumnType): number {
  if (to === 'boolean') return value === 0 || value === 1 ? value : Number.NaN;
  if (to === 'integer') return Number.isInteger(value) ? value : Number.NaN;
  if (to === 'date') return from !== 'boolean' && Math.abs(value) <= 8.64e15 ? value : Number.NaN;
  return value;
}

/** Texts become numbers, dates or truth values where they read as such; numbers become the text that stands for them. */
export function retyped(column: Column, to: ColumnType): Retyped {
  const examples: string[] = [];
  let unconverted = 0;
  const failed = (text: string): void => {
    unconverted++;
    if (examples.length < mostExamples && !examples.includes(text)) examples.push(text);
  };
  const { name, type, values } = column;
  const as = (made: ColumnValues): Retyped => ({ column: { name, type: to, values: made }, unconverted, examples });
  if (values.kind === 'coded') {
    if (!isNumericType(to)) return as(values);
    const byCode = Float64Array.from(values.dictionary, (text) => numericValueOf(text, to));
    const numbers = new Float64Array(values.codes.length);
    for (let row = 0; row < numbers.length; row++) {
      const code = values.codes[row]!;
      const value = code < 0 ? Number.NaN : byCode[code]!;
      numbers[row] = value;
      if (code >= 0 && value !== value) failed(values.dictionary[code]!);
    }
    return as({ kind: 'numeric', values: numbers });
  }
  if (isNumericType(to)) {
    const numbers = new Float64Array(values.values.length);
    for (let row = 0; row < numbers.length; row++) {
      const value = values.values[row]!;
      const made = converted(value, type, to);
      numbers[row] = made;
      if (value === value && made !== made) failed(numberText(value, type));
    }
    return as({ kind: 'numeric', values: numbers });
  }
  const codeOf = new Map<number, number>();
  const dictionary: string[] = [];
  const codes = new Int32Array(values.values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = values.values[row]!;
    if (value !== value) {
      codes[row] = -1;
      continue;
    }
    let code = codeOf.get(value);
    if (code === undefined) {
      code = dictionary.push(numberText(value, type)) - 1;
      codeOf.set(value, code);
    }
    codes[row] = code;
  }
  return as({ kind: 'coded', codes, dictionary });
}
