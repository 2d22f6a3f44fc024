/** @file Trains one learner on the training rows; validation rows decide when to stop. The test rows are not read. */

import type { OpContext, PerformOp } from '../../steps/op';
import { balancedWeights, examplesOf, inputTable, meaningsOf, partsOf, positionsOf, targetOf, truthOf } from '../../steps/examples';
import { learnerNamed } from '../learners/registry';
import type { TableArtifact } from '../../../src/storage/tables';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import type { RecipeBody } from '../../../src/domain/data/recipeManifest';
import type { SplitBody } from '../../../src/domain/data/splitManifest';
import { demandFits } from '../../../src/domain/modelling/learners/description';
import { describedLearner } from '../../../src/domain/modelling/learners/registry';
import type { EpochReport, Learner, Plan, TrainingHooks } from '../../../src/domain/modelling/learner';
import { storedForm, type ModelBody } from '../../../src/domain/modelling/modelManifest';
import { endedPlan } from '../../../src/domain/modelling/plan';
import type { Json } from '../../../src/domain/canonical';
import { Refusal } from '../../../src/domain/refusal';
import { PieceWriter } from '../../../src/storage/tables';

export interface TrainParams {
  readonly plan: Plan;
  /** Every class weighs alike, however rare. */
  readonly balanced: boolean;
}

export function knownLearner(plan: Plan): Learner {
  if (describedLearner(plan.learner) === undefined) throw new Refusal('unknownLearner', { learner: plan.learner });
  return learnerNamed(plan.learner);
}

/**
 * The plan that ends where the stopped training did: its limit is the number of epochs or iterations that were done. The output is kept
 * under this plan, so that it must be, byte for byte, what the plan gives from scratch.
 * @throws TypeError when nothing was done, or nothing limits the learner: a learner that stops has ended an epoch, and has a limit.
 */
export function stoppedPlan(plan: Plan, curve: readonly EpochReport[]): Plan {
  const ended = endedPlan(plan, curve);
  if (ended === null) throw new TypeError(`a stopped training of ${plan.learner} has no plan of its own`);
  return ended;
}

export const hooksOf = (context: OpContext, phase: string): TrainingHooks => ({
  onEpoch: ({ epoch, epochs, trainLoss, validationLoss }) => context.progress({ phase, done: epoch, of: epochs, facts: { trainLoss, validationLoss } }),
  stopped: () => context.stopped(),
  breathe: context.breathe,
  checkpointDue: () => context.checkpoints.due(),
  checkpoint: (state) => context.checkpoints.keep(state as Uint8Array<ArrayBuffer>),
});

export const train: PerformOp = async (context) => {
  const { plan, balanced } = context.params as unknown as TrainParams;
  const learner = knownLearner(plan);
  const table: TableArtifact = context.input('table');
  const split: Artifact<SplitBody> = context.input('split');
  const { fitted } = context.input<RecipeBody>('recipe').body;
  const { task } = split.body;
  demandFits(learner, fitted);
  context.progress({ phase: 'preparing', done: 0, of: null, facts: {} });
  const inputs = await inputTable(context.database, table, fitted);
  const target = (await targetOf(context.database, table, task))!;
  const truth = truthOf(target, task);
  const parts = await partsOf(context.database, split);
  const positions = { train: positionsOf(parts, [0]), validation: positionsOf(parts, [1]) };
  const classes = task.kind === 'classification' ? task.classes.length : 0;
  const weights = balanced && classes > 0 ? balancedWeights(truth, positions.train, classes) : null;
  const started = performance.now();
  const outcome = await learner.train(
    {
      kind: task.kind,
      classes,
      train: examplesOf(inputs, truth, positions.train, fitted, weights),
      validation: examplesOf(inputs, truth, positions.validation, fitted, weights),
      plan,
      meanings: meaningsOf(fitted),
      ...(context.checkpoints.restored ? { checkpoint: context.checkpoints.restored } : {}),
    },
    hooksOf(context, 'training'),
  );
  if (outcome.kind === 'diverged') return outcome;
  const seconds = (performance.now() - started) / 1000;
  const kept = outcome.kind === 'stopped' ? stoppedPlan(plan, outcome.curve) : plan;
  const pieces = new PieceWriter(context.writer);
  const { bytes, ...stored } = storedForm(outcome.model);
  const written = await pieces.write(bytes);
  await pieces.flush();
  const body: ModelBody = {
    task,
    plan: kept,
    ...stored,
    pieces: written,
    features: fitted.features.map(({ name, column }) => ({ name, column })),
    curve: outcome.curve.map(({ epoch, epochs, trainLoss, validationLoss }) => ({ epoch, epochs, trainLoss, validationLoss })),
    facts: outcome.model.facts,
    trainedOn: { train: positions.train.length, validation: positions.validation.length },
  };
  return {
    kind: 'made',
    output: { kind: 'model', schema: 2, body, chunks: pieces.chunks },
    measured: { trainSeconds: seconds, backend: outcome.backend, epochs: outcome.curve.length, ...(context.checkpoints.restored ? { resumed: true } : {}) },
    ...(outcome.kind === 'stopped' ? { params: { plan: kept, balanced } as unknown as Json } : {}),
  };
};
