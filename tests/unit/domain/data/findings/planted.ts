/** @file Tables of 400 rows with a fault planted in them, for the tests of the checks. */
import { checking, examination, finished } from '../../../../../src/domain/data/findings';
import type { Finding } from '../../../../../src/domain/data/findings/check';
import type { Column, Table } from '../../../../../src/domain/data/table';
import type { Task } from '../../../../../src/domain/modelling/task';
import { seeded } from '../../../../../src/domain/random';
import { coded, tableOf } from '../tables';

export const rows = 400;

/** One value a row. */
export const each = <T>(of: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => of(i));

export function noise(seed: number): number[] {
  const random = seeded(seed);
  return each(() => random.normal());
}

export const y = coded(
  'y',
  each((i) => (i % 2 === 0 ? 'yes' : 'no')),
);
export const twoClasses: Task = { kind: 'classification', target: 'y', classes: ['no', 'yes'], positive: 1 };

/** All findings of a table. */
export const findingsIn = (table: Table, task: Task | null): Finding[] => finished(checking(finished(examination(table, task))));

/** What one check finds among these columns. */
export const find = (check: string, columns: Column[], task: Task | null = null): Finding[] =>
  findingsIn(tableOf(...columns), task).filter((finding) => finding.check === check);
