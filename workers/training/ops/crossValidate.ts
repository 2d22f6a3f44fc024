/**
 * @file Cross-validation on train and validation rows: each row is scored by a model, and a recipe, that did not see it, nor a row of its
 * group, nor, where the split is one in time, a later row. For small tables. The folds are parts of the step: `fold.ts`.
 */

import type { OpContext, PerformOp } from '../../steps/op';
import { partsOf, positionsOf, targetOf, truthOf } from '../../steps/examples';
import { fold, type Deciding, type FoldsShared } from '../fold';
import { bytesOf, PieceWriter, wholeTable, type TableArtifact } from '../../../src/storage/tables';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import { forwardFolds, heldOutFolds } from '../../../src/domain/data/folds';
import type { RecipeBody } from '../../../src/domain/data/recipeManifest';
import type { SplitBody } from '../../../src/domain/data/splitManifest';
import { valueStrata } from '../../../src/domain/data/strata';
import type { Plan } from '../../../src/domain/modelling/learner';
import type { ScoresBody } from '../../../src/domain/modelling/scoresManifest';
import { Refusal } from '../../../src/domain/refusal';

export interface CrossValidateParams {
  readonly plan: Plan;
  readonly balanced: boolean;
  readonly folds: number;
}

/** How rows are divided, here and once more for early stopping: by the keys that the split dealt out, or by its time. */
type Divisions = Pick<FoldsShared, 'folds' | 'deciding'>;

/** @param truth the class, or the value, of every row of the table */
async function divisionsOf(context: OpContext, rows: Uint32Array, truth: Float64Array, { folds, plan }: CrossValidateParams): Promise<Divisions> {
  const split: Artifact<SplitBody> = context.input('split');
  const { task, edges, group, time, settled } = split.body;
  const keys = await bytesOf(context.database, split, settled);
  if (time !== null) {
    const column = (await wholeTable(context.database, context.input('table') as TableArtifact, [time])).columns[0];
    if (column?.values.kind !== 'numeric') throw new TypeError(`the split in time needs ${time}`);
    const times = column.values.values;
    const groups = group === null ? undefined : keys;
    return { folds: forwardFolds(times, rows, folds, groups), deciding: { by: 'time', times, groups: groups ?? null } };
  }
  // From the truth under the task's classes: which labels the test rows have must not move a fold.
  const strata = task.kind === 'classification' ? Int32Array.from(truth, (label) => (Number.isNaN(label) ? -1 : label)) : valueStrata(truth, edges ?? []).of;
  const deciding: Deciding = { by: 'key', keys, strata, seed: plan.seed + 1 };
  return { folds: heldOutFolds(keys, rows, strata, folds, plan.seed), deciding };
}

/** Two workers on one GPU wait for each other. */
const onGpu = ({ engine }: Plan): boolean => engine === 'webgl' || engine === 'webgpu';

export const crossValidate: PerformOp = async (context) => {
  const params = context.params as unknown as CrossValidateParams;
  const { plan, balanced } = params;
  const table: TableArtifact = context.input('table');
  const split: Artifact<SplitBody> = context.input('split');
  const { spec } = context.input<RecipeBody>('recipe').body;
  const { task } = split.body;
  const parts = await partsOf(context.database, split);
  const rows = positionsOf(parts, [0, 1]);
  const target = (await targetOf(context.database, table, task))!;
  const truth = truthOf(target, task);
  const inputs = await wholeTable(
    context.database,
    table,
    spec.entries.map((entry) => entry.column),
  );
  const { folds, deciding } = await divisionsOf(context, rows, truth, params);
  if (folds.length === 0) throw new Refusal('nothingToCrossValidate', { rows: rows.length });
  const classes = task.kind === 'classification' ? task.classes.length : 0;
  const breathe = async (): Promise<void> => {
    await context.breathe();
    // Half of the folds are of no use, so that a stop ends the step.
    if (context.stopped()) throw new Refusal('crossValidationStopped');
  };
  const answers = await context.parts(fold, { kind: task.kind, classes, plan, balanced, spec, inputs, truth, folds, deciding }, folds.length, {
    breathe,
    alone: onGpu(plan),
    tell: (done, workers) => context.progress({ phase: 'crossValidating', done, of: folds.length, facts: { workers } }),
  });
  const width = classes === 0 ? 1 : classes;
  const all = new Float64Array(table.body.rows * width);
  const isScored = new Uint8Array(table.body.rows);
  for (const [part, answer] of answers.entries()) {
    if (answer.kind === 'diverged') return answer;
    folds[part]!.held.forEach((row, i) => {
      all.set(answer.scores.subarray(i * width, (i + 1) * width), row * width);
      isScored[row] = 1;
    });
  }
  const positions = rows.filter((row) => isScored[row] === 1);
  const scores = new Float64Array(positions.length * width);
  positions.forEach((row, i) => scores.set(all.subarray(row * width, (row + 1) * width), i * width));
  const pieces = new PieceWriter(context.writer);
  const body: ScoresBody = {
    task,
    group: split.body.group,
    part: 'outOfFold',
    engine: plan.engine,
    rows: positions.length,
    positions: await pieces.write(new Uint8Array(positions.buffer)),
    answers: await pieces.write(new Uint8Array(scores.buffer)),
  };
  await pieces.flush();
  return { kind: 'made', output: { kind: 'scores', schema: 1, body, chunks: pieces.chunks } };
};
