/** @file What a column most probably is, told from a sample of its cells. The pass over the whole file proves it or widens it. */

import type { ColumnType } from '../table';
import { groupedNumberIn, hasLeadingZero, isSurelyGrouped, numberIn } from './decimalNumber';
import type { TypeOverride } from './importer';
import { dayOrderOf, instantIn, type DayOrder } from './instant';
import { missingInNumbers } from './missingWords';

export interface ColumnPlan {
  readonly name: string;
  readonly type: ColumnType;
  /** Said by the user: cells that do not fit are quarantined, however many, and the type never changes. */
  readonly fixed: boolean;
  /** Separators of thousands are read. */
  readonly grouped: boolean;
  readonly order: DayOrder;
  /** Share of the cells with a value that may contradict the type; those rows are quarantined. Above it the column becomes text. */
  readonly tolerance: number;
  /** An identifier because its integers look consecutive: the pass checks that they are. */
  readonly consecutive: boolean;
  /** The sample had no value at all: the pass decides. */
  readonly blind: boolean;
}

export interface Reading {
  readonly decimal: '.' | ',';
  /** Compared after trimming. */
  readonly missing: ReadonlySet<string>;
}

const numberGaps: ReadonlySet<string> = new Set(missingInNumbers);

/** Whether a trimmed cell means no value in a column of numbers, dates or booleans. */
export const isNumberGap = (cell: string, missing: ReadonlySet<string>): boolean => cell === '' || missing.has(cell) || numberGaps.has(cell);

/** Above one cell in ten, words among numbers are values, not slips. */
export const slipTolerance = 0.1;
/** A third word beside true and false is nearly always an answer, so booleans forgive less. */
export const booleanTolerance = 0.01;
/** Most distinct values of a category. */
export const categoryLimit = 1000;

/** 1, 0, or NaN. `lenient` also reads yes, no, y, n, t, f, 1 and 0: only where the user asked for a boolean. */
export function booleanIn(text: string, lenient: boolean): number {
  if (text === 'true' || text === 'True' || text === 'TRUE') return 1;
  if (text === 'false' || text === 'False' || text === 'FALSE') return 0;
  if (text.length > 40) return NaN;
  const word = text.trim().toLowerCase();
  if (word === 'true') return 1;
  if (word === 'false') return 0;
  if (lenient && (word === 'yes' || word === 'y' || word === 't' || word === '1')) return 1;
  if (lenient && (word === 'no' || word === 'n' || word === 'f' || word === '0')) return 0;
  return NaN;
}

const wholeName = /^(?:ids?|index|idx|row|row[ _.]?(?:id|no|nr|num|number|names?)|unnamed: 0|nr\.?|no\.?|#|key)$/i;
const lastWord = /[\s_.-](?:id|index|idx)$/i;
const camelCase = /[a-z0-9]I[Dd]$/;

/** Whether a name says that the column counts or names the rows: id, index, row, customer_id, customerId. */
export const isIdentifierName = (name: string): boolean => wholeName.test(name) || lastWord.test(name) || camelCase.test(name);

interface NumberCounts {
  readable: number;
  finite: number;
  fractional: number;
  unsafe: number;
  codes: number;
  surelyGrouped: number;
}

function numberCounts(cells: readonly string[], decimal: '.' | ',', grouped: boolean): NumberCounts {
  const counts = { readable: 0, finite: 0, fractional: 0, unsafe: 0, codes: 0, surelyGrouped: 0 };
  for (const cell of cells) {
    const value = grouped ? groupedNumberIn(cell, decimal) : numberIn(cell, decimal);
    if (Number.isNaN(value)) {
      if (hasLeadingZero(cell)) counts.codes += 1;
      else if (isSurelyGrouped(cell, decimal)) counts.surelyGrouped += 1;
      continue;
    }
    counts.readable += 1;
    if (!Number.isFinite(value)) continue;
    counts.finite += 1;
    if (/[.,eE]/.test(cell)) counts.fractional += Number.isInteger(value) && !/[eE]/.test(cell) ? 0 : 1;
    else if (!Number.isSafeInteger(value)) counts.unsafe += 1;
  }
  return counts;
}

/** Whether the words among numbers are a level of their own, as in 0, 1, 2, 3+: few distinct cells, and the words come again and again. */
function isLevelled(cells: readonly string[], decimal: '.' | ','): boolean {
  const distinct = new Set<string>();
  const words = new Set<string>();
  let wordCells = 0;
  for (const cell of cells) {
    distinct.add(cell);
    if (distinct.size > 50) return false;
    if (Number.isNaN(numberIn(cell, decimal))) {
      words.add(cell);
      wordCells += 1;
    }
  }
  return cells.length >= 100 && wordCells >= 3 * words.size;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function looksConsecutive(cells: readonly string[]): boolean {
  const seen = new Set<number>();
  for (const cell of cells) {
    const value = numberIn(cell, '.');
    if (!Number.isSafeInteger(value) || seen.has(value)) return false;
    seen.add(value);
  }
  return cells.length >= 3;
}

/**
 * The plan for one column.
 * @param sample the cells of the sample that have a value, trimmed
 * @param wanted the type that the user asks for
 * @param given the order of day and month where the cells do not prove one: what the user says, or what an earlier file was read in
 * @returns the plan, and whether its dates could be read day first as well as month first. Such a column is not a date unless the user says
 *   so, and then the month is first unless an order is given.
 */
export function columnPlan(name: string, sample: readonly string[], decimal: '.' | ',', wanted?: ColumnType, given?: TypeOverride['order']): { plan: ColumnPlan; ambiguousDates: boolean } {
  const cells = sample.filter((cell) => !numberGaps.has(cell));
  const order = dayOrderOf(cells);
  const known: DayOrder = order === 'ambiguous' ? (given ?? (wanted === 'date' ? 'monthFirst' : 'none')) : order === 'none' ? (given ?? order) : order;
  const surely = cells.some((cell) => isSurelyGrouped(cell, decimal));
  const base = { name, fixed: wanted !== undefined, grouped: surely, order: known, tolerance: slipTolerance, consecutive: false, blind: sample.length === 0 };
  const planned = (type: ColumnType, more: Partial<ColumnPlan> = {}): { plan: ColumnPlan; ambiguousDates: boolean } => ({
    plan: { ...base, type, ...more },
    ambiguousDates: order === 'ambiguous' && given === undefined && (wanted === undefined || wanted === 'date') && share(cells.filter((cell) => !Number.isNaN(instantIn(cell, 'monthFirst')) || !Number.isNaN(instantIn(cell, 'dayFirst'))).length, cells.length) > 0.5,
  });
  if (wanted !== undefined) return planned(wanted);
  if (cells.length === 0) return planned('text');
  if (cells.every((cell) => !Number.isNaN(booleanIn(cell, false)))) return planned('boolean', { tolerance: booleanTolerance });
  const numbers = numberCounts(cells, decimal, surely);
  const slips = cells.length - numbers.readable;
  if (numbers.finite > 0 && numbers.codes === 0 && share(slips, cells.length) <= slipTolerance && !(slips > 0 && isLevelled(cells, decimal))) {
    if (numbers.fractional > 0) return planned('number');
    if (numbers.unsafe > 0) return planned('text');
    if (isIdentifierName(name) && slips === 0 && looksConsecutive(cells)) return planned('identifier', { consecutive: true });
    return planned('integer');
  }
  let dates = 0;
  for (const cell of cells) if (!Number.isNaN(instantIn(cell, known))) dates += 1;
  if (dates > 0 && share(cells.length - dates, cells.length) <= slipTolerance) return planned('date');
  return planned('text');
}

/** The plan of a column that was not what its sample promised. An identifier that is not consecutive is an integer after all. */
export const widened = (plan: ColumnPlan): ColumnPlan => ({ ...plan, type: plan.consecutive ? 'integer' : 'text', consecutive: false });

/**
 * Whether strings with these counts are a category (few distinct values), an identifier (short, nearly all different) or text.
 * @param distinct distinct values, capped at `categoryLimit + 1`
 * @param different sum over row groups of the distinct values within the group: an entity that comes once in each period is still named by its identifier
 */
export function codedType(filled: number, distinct: number, different: number, longest: number): 'category' | 'text' | 'identifier' {
  if (filled === 0) return 'category';
  if (distinct <= categoryLimit && (2 * distinct <= filled || (distinct <= 20 && distinct < filled))) return 'category';
  return filled >= 20 && different >= 0.95 * filled && longest <= 64 ? 'identifier' : 'text';
}
