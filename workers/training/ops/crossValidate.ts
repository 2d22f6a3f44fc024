/** @file Cross-validation on train and validation rows: each row is scored by a model, and a recipe, that did not see it. For small tables. */

import type { PerformOp } from '../../steps/op';
import { balancedWeights, examplesOf, partsOf, positionsOf, rowsAt, targetOf, truthOf } from '../../steps/examples';
import { hooksOf, knownLearner } from './train';
import { keysOf, PieceWriter, wholeTable, type TableArtifact } from '../../../src/storage/tables';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import { foldsOf } from '../../../src/domain/data/folds';
import { applyRecipe, fitRecipe } from '../../../src/domain/data/recipe/recipe';
import type { RecipeBody } from '../../../src/domain/data/recipeManifest';
import type { SplitBody } from '../../../src/domain/data/splitManifest';
import { strataOf } from '../../../src/domain/data/strata';
import type { Plan } from '../../../src/domain/modelling/learner';
import type { ScoresBody } from '../../../src/domain/modelling/scoresManifest';

export interface CrossValidateParams {
  readonly plan: Plan;
  readonly balanced: boolean;
  readonly folds: number;
}

export const crossValidate: PerformOp = async (context) => {
  const { plan, balanced, folds } = context.params as unknown as CrossValidateParams;
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
  const fold = foldsOf(await keysOf(context.database, table), rows, strataOf(target, task.kind, split.body.edges ?? undefined).of, folds, plan.seed);
  const classes = task.kind === 'classification' ? task.classes.length : 0;
  const width = classes === 0 ? 1 : classes;
  const answers = new Float64Array(rows.length * width);
  const placeOf = new Map<number, number>();
  rows.forEach((row, i) => placeOf.set(row, i));
  for (let out = 0; out < folds; out++) {
    context.progress({ phase: 'crossValidating', done: out, of: folds, facts: {} });
    const held = rows.filter((row) => fold[row] === out);
    const rest = rows.filter((row) => fold[row] !== out);
    if (held.length === 0 || rest.length === 0) continue;
    // Early stopping may not look at the held-out fold: a tenth of the others decides.
    const stopping = rest.filter((_, i) => i % 10 === 9);
    const learning = rest.filter((_, i) => i % 10 !== 9);
    const mask = new Uint8Array(table.body.rows);
    for (const row of learning) mask[row] = 1;
    const fitted = fitRecipe(spec, inputs, mask);
    const weights = balanced && classes > 0 ? balancedWeights(truth, learning, classes) : null;
    const outcome = await learner.train(
      { kind: task.kind, classes, train: examplesOf(inputs, truth, learning, fitted, weights), validation: examplesOf(inputs, truth, stopping.length > 0 ? stopping : learning, fitted, weights), plan },
      { ...hooksOf(context, 'crossValidating'), onEpoch: () => undefined, checkpointDue: () => false, stopped: () => false },
    );
    if (outcome.kind === 'diverged') return outcome;
    const scored = await learner.predict(outcome.model, classes, applyRecipe(fitted, rowsAt(inputs, held)).x, held.length, plan.engine);
    held.forEach((row, i) => answers.set(scored.subarray(i * width, (i + 1) * width), placeOf.get(row)! * width));
    await context.breathe();
  }
  const pieces = new PieceWriter(context.writer);
  const body: ScoresBody = {
    task,
    part: 'outOfFold',
    engine: plan.engine,
    rows: rows.length,
    positions: await pieces.write(new Uint8Array(rows.buffer)),
    answers: await pieces.write(new Uint8Array(answers.buffer)),
  };
  await pieces.flush();
  return { kind: 'made', output: { kind: 'scores', schema: 1, body, chunks: pieces.chunks } };
};
