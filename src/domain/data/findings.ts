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
import { profileOf, type ColumnProfile } from './profile';
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

/** Profiles every column of a whole table, against the task's target where there is one. Pauses after each column. */
export function* examination(table: Table, task: Task | null): Generator<undefined, Examined> {
  const column = task === null ? undefined : columnNamed(table.columns, task.target);
  const goal = task === null || column === undefined ? null : { column, task, target: targetOf(column, task) };
  const profiles: ColumnProfile[] = [];
  for (const each of table.columns) {
    profiles.push(goal === null || each === goal.column ? profileOf(each) : profileOf(each, goal.target));
    yield;
  }
  return { table, goal, profiles };
}

/** All findings, the gravest first, otherwise in the order of the register and the columns. Pauses within and after each check; tells how many are done. */
export function* checking(table: Examined): Generator<number, Finding[]> {
  const found: Finding[] = [];
  for (const [done, check] of checks.entries()) {
    const made = check.findings(table);
    let findings: readonly Finding[];
    if ('next' in made) {
      let step = made.next();
      for (; step.done !== true; step = made.next()) yield done;
      findings = step.value;
    } else findings = made;
    for (const finding of findings) found.push(finding);
    yield done + 1;
  }
  return found.sort((a, b) => weight[a.severity] - weight[b.severity]);
}

/** What a generator returns in the end, without a pause. */
export function finished<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
