/** @file Drift of a whole batch: every column against the reference, with the error of asking many questions kept in hand. */

import type { ColumnType } from '../data/table';
import { isComparable } from './batchSchema';
import { benjaminiHochberg } from './benjaminiHochberg';
import type { ColumnDrift } from './columnDrift';

export interface DriftedColumn extends ColumnDrift {
  /** p after Benjamini–Hochberg across the columns compared. */
  readonly adjustedP: number;
  /** adjusted p < alpha and a distance beyond its threshold. */
  readonly drifted: boolean;
}

export interface UncomparedColumn {
  readonly name: string;
  /** `identifier`, `text`: values are new by nature. `missing`: the batch lacks it. `typeChanged`: the types do not mean the same. */
  readonly reason: 'identifier' | 'text' | 'missing' | 'typeChanged';
}

/** Plain JSON: no NaN, no infinity, no clock. Equal input and seed give an equal report. */
export interface DriftReport {
  readonly seed: number;
  readonly alpha: number;
  readonly draws: number;
  readonly rows: { readonly reference: number; readonly current: number };
  /** Largest excess over the threshold first. */
  readonly columns: readonly DriftedColumn[];
  readonly drifted: number;
  /** Drifted ÷ compared; 0 when nothing was compared. */
  readonly driftedShare: number;
  readonly notCompared: readonly UncomparedColumn[];
}

/** Customary level of the tests and of the thresholds. */
export const driftAlpha = 0.05;

/** Why a column of the reference is not compared with the batch's column of that name; null where it is. */
export function reasonNotCompared(reference: ColumnType, current: ColumnType | undefined): UncomparedColumn['reason'] | null {
  if (reference === 'identifier' || reference === 'text') return reference;
  if (current === undefined) return 'missing';
  return isComparable(reference, current) ? null : 'typeChanged';
}

/**
 * Adjusts, decides and orders columns that were compared one by one (each perhaps elsewhere). A column drifted when both hold:
 * - its adjusted p is below alpha. Alone this would not do: with 100,000 rows any trifle is significant.
 * - its distance is beyond what chance gives at this batch size. Alone this would not do either: of 30 columns that stayed put, one or two
 *   pass a threshold set for 1 in 20.
 */
export function judged(compared: readonly ColumnDrift[], alpha: number): Pick<DriftReport, 'columns' | 'drifted' | 'driftedShare'> {
  const adjusted = benjaminiHochberg(compared.map((column) => column.p));
  const columns = compared.map((column, i): DriftedColumn => ({ ...column, adjustedP: adjusted[i]!, drifted: adjusted[i]! < alpha && column.beyond }));
  const size = (column: ColumnDrift): number => column.excess ?? Infinity;
  // Two infinities are equal here; their difference would be NaN and spoil the order.
  columns.sort((a, b) => (size(a) === size(b) ? 0 : size(b) > size(a) ? 1 : -1));
  const drifted = columns.filter((column) => column.drifted).length;
  return { columns, drifted, driftedShare: columns.length === 0 ? 0 : drifted / columns.length };
}
