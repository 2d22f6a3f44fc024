/** @file Statistics of every column and what the checks find, beside the target where there is a usable one. */

import type { OpContext, PerformOp } from '../../steps/op';
import { columnOf, type TableArtifact } from '../../../src/storage/tables';
import { checking, checks, examination } from '../../../src/domain/data/findings';
import type { ProfileBody, ProfileParams } from '../../../src/domain/data/profileManifest';
import { columnNamed, type Column } from '../../../src/domain/data/table';
import { taskOf } from '../../../src/domain/modelling/taskOf';
import type { Task } from '../../../src/domain/modelling/task';
import { Refusal } from '../../../src/domain/refusal';

/** The task, or null while the target is absent or cannot be predicted: the columns are profiled all the same. */
function usableTask(columns: readonly Column[], { target, task, positive }: ProfileParams): Task | null {
  const column = target === null ? undefined : columnNamed(columns, target);
  if (column === undefined) return null;
  try {
    return taskOf(column, task, positive);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Runs steps to their end and lets waiting messages be handled between them. */
async function breathing<Told, Made>(context: OpContext, steps: Generator<Told, Made>, tell: (told: Told) => void = () => undefined): Promise<Made> {
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    tell(step.value);
    await context.breathe();
  }
  return step.value;
}

export const profile: PerformOp = async (context) => {
  const params = context.params as unknown as ProfileParams;
  const table: TableArtifact = context.input('table');
  const columns: Column[] = [];
  for (const index of table.body.columns.keys()) {
    context.progress({ phase: 'profiling', done: index, of: table.body.columns.length, facts: {} });
    columns.push(await columnOf(context.database, table, index));
    await context.breathe();
  }
  const result = await breathing(context, examination({ rows: table.body.rows, columns }, usableTask(columns, params)));
  const findings = await breathing(context, checking(result), (done) => context.progress({ phase: 'checking', done, of: checks.length, facts: {} }));
  const body: ProfileBody = { profiles: result.profiles, findings };
  return { kind: 'made', output: { kind: 'profile', schema: 1, body, chunks: [] } };
};
