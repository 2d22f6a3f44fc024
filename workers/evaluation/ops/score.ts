/** @file What a model says of the rows of one part, or of those among them that neither of two runs was trained on, computed on the engine of its run. */

import type { PerformOp } from '../../steps/op';
import { inputTable, partsOf, positionsOf } from '../../steps/examples';
import { storedModel } from '../../steps/stored';
import { newToBoth } from '../newToBoth';
import { knownLearner } from '../../training/ops/train';
import { PieceWriter, type TableArtifact } from '../../../src/storage/tables';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import { applyRecipe } from '../../../src/domain/data/recipe/recipe';
import type { RecipeBody } from '../../../src/domain/data/recipeManifest';
import type { SplitBody } from '../../../src/domain/data/splitManifest';
import { rowsAt } from '../../../src/domain/data/rowsAt';
import type { ModelBody } from '../../../src/domain/modelling/modelManifest';
import type { ScoredPart, ScoresBody } from '../../../src/domain/modelling/scoresManifest';

const partNumbers: Readonly<Record<Exclude<ScoredPart, 'all' | 'outOfFold'>, number>> = { train: 0, validation: 1, test: 2 };

/** Rows scored at a time: bounds the feature matrix in memory. */
const blockRows = 16_384;

export const score: PerformOp = async (context) => {
  const { part } = context.params as unknown as { readonly part: Exclude<ScoredPart, 'outOfFold'> };
  const model: Artifact<ModelBody> = context.input('model');
  const { fitted } = context.input<RecipeBody>('recipe').body;
  const table: TableArtifact = context.input('table');
  const { task, plan } = model.body;
  const learner = knownLearner(plan);
  const learnt = await storedModel(context.database, model);
  const inputs = await inputTable(context.database, table, fitted);
  const ofPart =
    part === 'all' ? Uint32Array.from({ length: table.body.rows }, (_, row) => row) : positionsOf(await partsOf(context.database, context.input<SplitBody>('split')), [partNumbers[part]]);
  const positions = context.has('candidateTable') ? await newToBoth(context, table, ofPart) : ofPart;
  const classes = task.kind === 'classification' ? task.classes.length : 0;
  const width = Math.max(1, classes);
  const answers = new Float64Array(positions.length * width);
  for (let from = 0; from < positions.length; from += blockRows) {
    const block = positions.subarray(from, Math.min(positions.length, from + blockRows));
    const { x } = applyRecipe(fitted, rowsAt(inputs, block));
    answers.set(await learner.predict(learnt, classes, x, block.length, plan.engine), from * width);
    context.progress({ phase: 'scoring', done: from + block.length, of: positions.length, facts: {} });
    await context.breathe();
  }
  const pieces = new PieceWriter(context.writer);
  const body: ScoresBody = {
    task,
    group: context.has('split') ? context.input<SplitBody>('split').body.group : null,
    part,
    engine: plan.engine,
    rows: positions.length,
    positions: await pieces.write(new Uint8Array(positions.buffer)),
    answers: await pieces.write(new Uint8Array(answers.buffer)),
  };
  await pieces.flush();
  return { kind: 'made', output: { kind: 'scores', schema: 1, body, chunks: pieces.chunks } };
};
