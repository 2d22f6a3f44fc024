/** @file The register of checks, and all findings of a table. A new check is one line here and one file in `findings/`. */

import type { Task } from '../modelling/task';
import { targetOf } from './association/association';
import { cappedValues } from './findings/cappedValues';
import type { Check, Examined, Finding } from './findings/check';
import { conflictingLabels } from './findings/conflictingLabels';
import { constant } from './findings/constant';
import { duplicatedRows } from './findings/duplicatedRows';
import { fewRowsForClass } from './findings/fewRowsForClass';
import { highCardinality } from './findings/highCardinality';
import { identifierLike } from './findings/identifierLike';
import { imbalancedTarget } from './findings/imbalancedTarget';
import { leaking } from './findings/leaking';
import { missingWords } from './findings/missingWords';
import { mostlyMissing } from './findings/mostlyMissing';
import { nearDuplicateColumns } from './findings/nearDuplicateColumns';
import { spellingVariants } from './findings/spellingVariants';
import { profileOf } from './profile';
import { columnNamed, type Table } from './table';

export const checks: readonly Check[] = [
  leaking,
  conflictingLabels,
  imbalancedTarget,
  fewRowsForClass,
  mostlyMissing,
  identifierLike,
  constant,
  nearDuplicateColumns,
  duplicatedRows,
  missingWords,
  spellingVariants,
  highCardinality,
  cappedValues,
];

const weight = { high: 0, medium: 1, low: 2 } as const;

/** Profiles every column of a whole table, against the task's target where there is one. */
export function examined(table: Table, task: Task | null): Examined {
  const column = task === null ? undefined : columnNamed(table.columns, task.target);
  const goal = task === null || column === undefined ? null : { column, task, target: targetOf(column, task) };
  return { table, goal, profiles: table.columns.map((each) => (goal === null || each === goal.column ? profileOf(each) : profileOf(each, goal.target))) };
}

/** All findings, the gravest first, otherwise in the order of the register and the columns. */
export const findingsOf = (table: Examined): Finding[] =>
  checks.flatMap((check) => check.findings(table)).sort((a, b) => weight[a.severity] - weight[b.severity]);
