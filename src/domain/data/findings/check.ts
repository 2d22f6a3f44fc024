/** @file The contract of a check of the data. Each check is one file here and one line in `findings.ts`. */

import type { Target } from '../association/association';
import type { ColumnProfile } from '../profile';
import type { Column, Table } from '../table';
import type { Task } from '../../modelling/task';

/** What to do about a finding; the words for it are in the catalogue. */
export type Suggestion =
  | 'dropColumn'
  | 'leaveOutOfModel'
  | 'keepOne'
  | 'weighClasses'
  | 'fillOrDrop'
  | 'groupRare'
  | 'deleteRepeats'
  | 'collectMore'
  | 'markCapped'
  | 'markMissing'
  | 'mergeSpellings'
  | 'reviewLabels';

/** JSON-able. */
export interface Finding {
  readonly check: string;
  /** Names of the columns concerned; none where it concerns whole rows. */
  readonly columns: readonly string[];
  readonly severity: 'high' | 'medium' | 'low';
  /** What was measured, and the limits it was held against. */
  readonly evidence: Readonly<Record<string, number>>;
  /** Values concerned, at most 20. */
  readonly values?: readonly string[];
  /** How many rows are concerned. */
  readonly rows?: number;
  readonly suggestion: Suggestion;
}

/** A whole table with what has been computed of it already. */
export interface Examined {
  readonly table: Table;
  /** One for each column, in the table's order. */
  readonly profiles: readonly ColumnProfile[];
  /** Null while no target is chosen. */
  readonly goal: { readonly column: Column; readonly task: Task; readonly target: Target } | null;
}

/** What a check has to say; one that may take long pauses wherever it can be interrupted. */
export type Findings = readonly Finding[] | Generator<undefined, readonly Finding[]>;

export interface Check {
  readonly name: string;
  findings(examined: Examined): Findings;
}

/** Values named in a finding are cut off after this many. */
export const mostValues = 20;

/** Columns with their profiles, without the target. */
export const features = ({ table, profiles, goal }: Examined): { column: Column; profile: ColumnProfile }[] =>
  table.columns.map((column, i) => ({ column, profile: profiles[i]! })).filter(({ column }) => column.name !== goal?.column.name);
