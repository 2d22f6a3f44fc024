/**
 * @file Cross-validation on train and validation rows: each row is scored by a model, and a recipe, that did not see it, nor a row of its
 * group, nor, where the split is one in time, a later row. For small tables.
 */

import type { OpContext, PerformOp } from '../../steps/op';
import { balancedWeights, examplesOf, meaningsOf, partsOf, positionsOf, targetOf, truthOf } from '../../steps/examples';
import { hooksOf, knownLearner } from './train';
import { bytesOf, PieceWriter, wholeTable, type TableArtifact } from '../../../src/storage/tables';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import { forwardFolds, heldOutFolds, latestTenth, tenthByKey, type Fold } from '../../../src/domain/data/folds';
import { applyRecipe, fitRecipe } from '../../../src/domain/data/recipe/recipe';
import type { RecipeBody } from '../../../src/domain/data/recipeManifest';
import type { SplitBody } from '../../../src/domain/data/splitManifest';
import { valueStrata } from '../../../src/domain/data/strata';
import { rowsAt } from '../../../src/domain/data/rowsAt';
import type { Plan, TrainingHooks } from '../../../src/domain/modelling/learner';
import { demandFits } from '../../../src/domain/modelling/learners/description';
import type { ScoresBody } from '../../../src/domain/modelling/scoresManifest';
import { Refusal } from '../../../src/domain/refusal';

export interface CrossValidateParams {
  readonly plan: Plan;
  readonly balanced: boolean;
  readonly folds: number;
}

/** How rows are divided, here and once more for early stopping: by the keys that the split dealt out, or by its time. */
interface Divisions {
  readonly folds: readonly Fold[];
  /** Early stopping may not look at the rows held out: some of the others decide. */
  stopping(rows: Uint32Array): Fold;
}

/** @param truth the class, or the value, of every row of the table */
async function divisionsOf(context: OpContext, rows: Uint32Array, truth: Float64Array, { folds, plan }: CrossValidateParams): Promise<Divisions> {
  const split: Artifact<SplitBody> = context.input('split');
  const { task, edges, group, time, settled } = split.body;
  const keys = await bytesOf(context.database, split, settled);
  if (time !== null) {
    const column = (await wholeTable(context.database, context.input('table') as TableArtifact, [time])).columns[0];
    if (column?.values.kind !== 'numeric') throw new TypeError(`the split in time needs ${time}`);
    const { values } = column.values;
    const groups = group === null ? undefined : keys;
    return { folds: forwardFolds(values, rows, folds, groups), stopping: (others) => latestTenth(values, others, groups) };
  }
  // From the truth under the task's classes: which labels the test rows have must not move a fold.
  const strata = task.kind === 'classification' ? Int32Array.from(truth, (label) => (Number.isNaN(label) ? -1 : label)) : valueStrata(truth, edges ?? []).of;
  return { folds: heldOutFolds(keys, rows, strata, folds, plan.seed), stopping: (others) => tenthByKey(keys, others, strata, plan.seed + 1) };
}

/** Half of the folds are of no use, so that a stop ends the step; and it ends it at the next breath. */
function stoppable(context: OpContext): TrainingHooks {
  return {
    ...hooksOf(context, 'crossValidating'),
    onEpoch: () => undefined,
    checkpointDue: () => false,
    stopped: () => false,
    breathe: async () => {
      await context.breathe();
      if (context.stopped()) throw new Refusal('crossValidationStopped');
    },
  };
}

export const crossValidate: PerformOp = async (context) => {
  const params = context.params as unknown as CrossValidateParams;
  const { plan, balanced } = params;
  const learner = knownLearner(plan);
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
  const { folds, stopping } = await divisionsOf(context, rows, truth, params);
  if (folds.length === 0) throw new Refusal('nothingToCrossValidate', { rows: rows.length });
  const classes = task.kind === 'classification' ? task.classes.length : 0;
  const width = classes === 0 ? 1 : classes;
  const all = new Float64Array(table.body.rows * width);
  const isScored = new Uint8Array(table.body.rows);
  const hooks = stoppable(context);
  for (const [done, { learning: rest, held }] of folds.entries()) {
    context.progress({ phase: 'crossValidating', done, of: folds.length, facts: {} });
    await hooks.breathe();
    const { learning, held: deciding } = stopping(rest);
    const mask = new Uint8Array(table.body.rows);
    for (const row of learning) mask[row] = 1;
    const fitted = fitRecipe(spec, inputs, mask);
    demandFits(learner, fitted);
    const weights = balanced && classes > 0 ? balancedWeights(truth, learning, classes) : null;
    // Rows of classes that are not learnt have no weight, and decide nothing.
    const decides = deciding.some((row) => weights === null || weights[truth[row]!]! > 0);
    const outcome = await learner.train(
      {
        kind: task.kind,
        classes,
        train: examplesOf(inputs, truth, learning, fitted, weights),
        validation: examplesOf(inputs, truth, decides ? deciding : learning, fitted, weights),
        plan,
        meanings: meaningsOf(fitted),
      },
      hooks,
    );
    if (outcome.kind === 'diverged') return outcome;
    const scored = await learner.predict(outcome.model, classes, applyRecipe(fitted, rowsAt(inputs, held)).x, held.length, plan.engine);
    held.forEach((row, i) => {
      all.set(scored.subarray(i * width, (i + 1) * width), row * width);
      isScored[row] = 1;
    });
  }
  await hooks.breathe();
  const positions = rows.filter((row) => isScored[row] === 1);
  const answers = new Float64Array(positions.length * width);
  positions.forEach((row, i) => answers.set(all.subarray(row * width, (row + 1) * width), i * width));
  const pieces = new PieceWriter(context.writer);
  const body: ScoresBody = {
    task,
    group: split.body.group,
    part: 'outOfFold',
    engine: plan.engine,
    rows: positions.length,
    positions: await pieces.write(new Uint8Array(positions.buffer)),
    answers: await pieces.write(new Uint8Array(answers.buffer)),
  };
  await pieces.flush();
  return { kind: 'made', output: { kind: 'scores', schema: 1, body, chunks: pieces.chunks } };
};
