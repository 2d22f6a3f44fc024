/** @file Which rows are in a slice: those for which every condition holds. A missing cell meets no condition. */

import { numberOf, numericValueOf } from '../data/cell';
import { columnNamed, type Column, type Table } from '../data/table';
import { Refusal } from '../refusal';
import type { Condition } from './criterion';

type NumberTest = (x: number) => boolean;

function numberTest(operator: Condition['operator'], value: number): NumberTest {
  if (operator === '=') return (x) => x === value;
  if (operator === '>=') return (x) => x >= value;
  if (operator === '<=') return (x) => x <= value;
  if (operator === '>') return (x) => x > value;
  return (x) => x < value;
}

/** Keeps 1 in `mask` only where the condition holds. */
function narrow(mask: Uint8Array, { values, type }: Column, { operator, value }: Condition): void {
  if (values.kind === 'numeric') {
    // Text against numbers: compared by number where it reads as one of the column's type, else no row meets it.
    const wanted = typeof value === 'number' ? value : numericValueOf(value, type === 'integer' ? 'number' : type);
    const holds = numberTest(operator, wanted);
    for (let row = 0; row < mask.length; row++) if (mask[row] === 1 && !holds(values.values[row]!)) mask[row] = 0;
    return;
  }
  const holds: (text: string) => boolean =
    typeof value === 'number'
      ? (
          (test) => (text: string) =>
            test(numberOf(text))
        )(numberTest(operator, value))
      : operator === '='
        ? (text) => text === value
        : () => false;
  const byCode = Uint8Array.from(values.dictionary, (text) => (holds(text) ? 1 : 0));
  for (let row = 0; row < mask.length; row++) {
    const code = values.codes[row]!;
    if (mask[row] === 1 && (code < 0 || byCode[code] === 0)) mask[row] = 0;
  }
}

/**
 * 1 for each row in the slice, else 0. No conditions: every row. Truth values accept true and false; dates accept ISO dates.
 * @param table a whole table or one row group.
 * @throws Refusal sliceColumnUnknown {column}.
 */
export function sliceMask(conditions: readonly Condition[], table: Table): Uint8Array {
  const mask = new Uint8Array(table.rows).fill(1);
  for (const condition of conditions) {
    const column = columnNamed(table.columns, condition.column);
    if (column === undefined) throw new Refusal('sliceColumnUnknown', { column: condition.column });
    narrow(mask, column, condition);
  }
  return mask;
}
