/** @file What is filled in on the form for one answer, and what is odd about it. */

import { numberFrom } from '../controls/numberText';
import type { ServingInput } from '../../state/servingInputs';
import type { Request } from '../../state/livePrediction.svelte';

/** Text of each input, in the order of the form; null where not stated. */
export type Filled = readonly (string | null)[];

const isNumber = ({ type }: ServingInput): boolean => type === 'number' || type === 'integer';

/** The row that is asked about. What cannot be read as a number counts as not stated; its field says so. */
export const requestOf = (inputs: readonly ServingInput[], filled: Filled): Request =>
  inputs.map((input, i) => {
    const text = filled[i] ?? null;
    const number = text !== null && isNumber(input) ? numberFrom(text) : null;
    return { column: input.column, value: isNumber(input) ? (number === null ? null : String(number)) : text };
  });

/** The form filled with a row: what the row lacks is not stated. */
export const filledWith = (inputs: readonly ServingInput[], row: Request): Filled =>
  inputs.map(({ column }) => row.find((cell) => cell.column === column)?.value ?? null);

export const emptied = (inputs: readonly ServingInput[]): Filled => inputs.map(() => null);

/** `unreadable`: no number where one is needed. `beyond`: a number outside the data's range. `unknown`: a category that is not among those listed, where all are. Null: nothing odd. */
export function oddity(input: ServingInput, text: string | null): 'unreadable' | 'beyond' | 'unknown' | null {
  if (text === null) return null;
  if (isNumber(input) && numberFrom(text) === null) return 'unreadable';
  if (input.usual !== null) {
    const value = numberFrom(text);
    return value !== null && (value < input.usual.min || value > input.usual.max) ? 'beyond' : null;
  }
  if (input.type === 'category' && input.values.length === input.distinct) return input.values.includes(text) ? null : 'unknown';
  return null;
}
