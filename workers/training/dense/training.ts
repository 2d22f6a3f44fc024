/** @file The training loop of the dense learner on our own engines: epochs, early stopping, checkpoints. What a batch does is the machine's. */

import { canonicalJson, type Json } from '../../../src/domain/canonical';
import { log64 } from '../../../src/domain/exactMath';
import type { EpochReport, Examples, TrainingHooks, TrainingInput, TrainingOutcome } from '../../../src/domain/modelling/learner';
import type { AnswerKind } from '../../../src/domain/modelling/writeAnswer';
import { Refusal } from '../../../src/domain/refusal';
import { seeded, type Random } from '../../../src/domain/random';
import { breathing } from '../breath';
import { classShares, scaleOf, totalWeight, type Scale } from '../loss';
import { markOf, stateBytes, stateOf, type Numbers } from '../savedState';
import { chanceWords, shuffleAt, type DenseMachine } from './machine';
import { splitFeatures, type DenseRows } from './rows';
import { firstStep, nextSteps, stepNumbers, type StepState } from './schedule';
import { productsOf, rulesOf, scheduleOf, shapeOf, type DenseRules, type DenseShape } from './shape';
import { firstValues, modelOf, type DenseValues } from './values';

export type MakeMachine = (shape: DenseShape, rules: DenseRules, values: DenseValues, training: DenseRows) => DenseMachine | Promise<DenseMachine>;

/** Milliseconds that a call of the machine may take on a slow device; a fraction of that on most. */
const callMs = 20;
/** Steps of a call: their numbers are handed over together. */
const mostSteps = 4096;
/** Products that a step of the optimiser is worth, for each number that it moves. */
const moveCost = 4;

/** Where a training stands; with the arrays of a checkpoint, all that the next batch depends on. */
interface Progress extends StepState {
  /** Epochs that are finished. */
  epoch: number;
  /** Rows of the running epoch that are done, and the weighted sum of their losses. */
  done: number;
  lossSum: number;
  /** The words from which the running epoch is shuffled, and all words now. */
  shuffledFrom: number[];
  chance: number[];
  best: { epoch: number; loss: number } | null;
  curve: EpochReport[];
}

/**
 * Trains until the epochs are over, the validation loss stopped falling, the loss is no longer finite, or the user has had enough.
 * A training that was stopped ends as one would have that was to end with its last full epoch; what came after is forgotten.
 * @throws Refusal stoppedTooEarly before the first epoch is over
 */
export async function trainDense(input: TrainingInput, hooks: TrainingHooks, make: MakeMachine, backend: string): Promise<TrainingOutcome> {
  const { train, validation, plan } = input;
  const shape = shapeOf(input);
  const rules = rulesOf(input, shape);
  const schedule = scheduleOf(input, rules);
  const scale = input.kind === 'regression' ? scaleOf(train) : undefined;
  const epochs = plan.hyperparameters['epochs'] as number;
  const patience = plan.hyperparameters['patience'] as number;
  const breathe = breathing(hooks);
  const mark = canonicalJson([markOf(input), shape.embeddings.map((one) => ({ ...one }))]);
  const total = totalWeight(train);
  const saved = stateOf(mark, input.checkpoint);
  const random = seeded(plan.seed);
  const machine = await make(shape, rules, firstValues(shape, lastBias(input), random), denseRows(shape, train, scale, total));
  const held = validation.rows > 0 ? denseRows(shape, validation, scale, validation.rows) : undefined;
  const progress = saved ? (saved.head as unknown as Progress) : firstProgress(random);
  /** Numbers of the best epoch; of the last one, where no validation rows say which is best. */
  let kept: Numbers | undefined;
  if (saved) {
    const moments = machine.moments().length;
    machine.restore(progress.chance, saved.arrays[0]!, saved.arrays.slice(1, 1 + moments));
    kept = saved.arrays[1 + moments];
  } else machine.begin(progress.chance);
  const steps = new Float32Array(mostSteps * stepNumbers);
  const rowCost = 3 * productsOf(shape);
  const stepCost = moveCost * productsOf(shape);
  const budget = machine.pace * callMs;

  const save = async (): Promise<void> => {
    progress.chance = machine.chance();
    const arrays = [machine.numbers(), ...machine.moments(), ...(kept ? [kept] : [])];
    await hooks.checkpoint(stateBytes(mark, { head: { ...progress, curve: progress.curve.map((one) => ({ ...one })) } as unknown as Json, arrays }));
  };
  const isEnd = (): boolean => progress.epoch >= epochs || isOver(progress, validation, patience);
  const ending = (kind: 'trained' | 'stopped'): TrainingOutcome => {
    if (kept === undefined) throw new Refusal('stoppedTooEarly');
    if (!kept.every(Number.isFinite)) return { kind: 'diverged', epoch: progress.epoch };
    const { epoch, curve } = progress;
    const facts = { epochs: epoch, keptEpoch: progress.best?.epoch ?? epoch, steps: epoch * Math.ceil(train.rows / rules.batch) };
    const model = modelOf(shape, machine.values(kept), outputOf(rules), scale, facts);
    return { kind, model, curve: kind === 'stopped' ? curve.map((point) => ({ ...point, epochs: epoch })) : curve, backend };
  };

  while (!isEnd()) {
    machine.reorder(progress.shuffledFrom);
    while (progress.done < train.rows) {
      const from = progress.done;
      const { to, ended } = stretch(from, train.rows, rules, rowCost, stepCost, budget);
      nextSteps(progress, schedule, rules, ended, steps);
      progress.lossSum = machine.train(from, to, steps.subarray(0, ended * stepNumbers), progress.lossSum);
      progress.done = to;
      if (!Number.isFinite(progress.lossSum)) return { kind: 'diverged', epoch: progress.epoch + 1 };
      await breathe();
      // The epoch whose batches are all done counts: it is finished first.
      if (to === train.rows) break;
      if (hooks.stopped()) return ending('stopped');
      // Sums over half a batch are in no checkpoint.
      if (ended > 0 && hooks.checkpointDue()) await save();
    }
    const trainLoss = progress.lossSum / train.rows;
    let validationLoss = trainLoss;
    if (held) {
      let sum = 0;
      const block = Math.max(rules.chunk, Math.floor(budget / rowCost / rules.chunk) * rules.chunk);
      for (let at = 0; at < held.rows; at += block) {
        sum = machine.score(held, at, Math.min(held.rows, at + block), sum);
        await breathe();
      }
      validationLoss = sum / totalWeight(validation);
    }
    if (!Number.isFinite(trainLoss) || !Number.isFinite(validationLoss)) return { kind: 'diverged', epoch: progress.epoch + 1 };
    const report = { epoch: progress.epoch + 1, epochs, trainLoss, validationLoss };
    progress.curve.push(report);
    progress.epoch++;
    progress.done = progress.lossSum = 0;
    progress.shuffledFrom = machine.chance().slice(shuffleAt);
    // Without validation rows there is nothing to choose by, and the last epoch is kept.
    if (!held) kept = machine.numbers();
    else if (progress.best === null || validationLoss < progress.best.loss) {
      progress.best = { epoch: report.epoch, loss: validationLoss };
      kept = machine.numbers();
    }
    hooks.onEpoch(report);
    await breathe();
    if (hooks.stopped() && !isEnd()) return ending('stopped');
    if (hooks.checkpointDue()) await save();
  }
  return ending('trained');
}

function firstProgress(random: Random): Progress {
  const chance = Array.from({ length: chanceWords }, () => Math.floor(random.next() * 2 ** 32));
  return { ...firstStep(), epoch: 0, done: 0, lossSum: 0, shuffledFrom: chance.slice(shuffleAt), chance, best: null, curve: [] };
}

/** The rows of the next call, whole batches as far as the budget goes, or chunks of one batch; and how many batches it ends. */
function stretch(from: number, rows: number, rules: DenseRules, rowCost: number, stepCost: number, budget: number): { readonly to: number; readonly ended: number } {
  const { batch, chunk } = rules;
  const start = from - (from % batch);
  const end = Math.min(rows, start + batch);
  const batchCost = batch * rowCost + stepCost;
  if (from > start || batchCost > budget) {
    const chunks = Math.max(1, Math.floor(budget / (chunk * rowCost)));
    const to = Math.min(end, from + chunks * chunk);
    return { to, ended: to === end ? 1 : 0 };
  }
  const batches = Math.min(mostSteps, Math.floor(budget / batchCost), Math.ceil((rows - from) / batch));
  return { to: Math.min(rows, from + batches * batch), ended: batches };
}

/** A patience of 0 means that all epochs run. */
const isOver = ({ epoch, best }: Progress, validation: Examples, patience: number): boolean => patience > 0 && validation.rows > 0 && best !== null && epoch - best.epoch >= patience;

const outputOf = ({ loss }: DenseRules): AnswerKind => (loss === 'sigmoid' || loss === 'softmax' ? loss : 'identity');

/** @param total the weights are divided by it and multiplied by the rows: the rows themselves leave them as they are */
function denseRows(shape: DenseShape, { x, y, rows, weights }: Examples, scale: Scale | undefined, total: number): DenseRows {
  return {
    ...splitFeatures(shape, x, 0, rows),
    y: Float32Array.from(y, scale ? (value) => (value - scale.mean) / scale.deviation : (value) => value),
    ...(weights ? { w: Float32Array.from(weights, (weight) => (weight * rows) / total) } : {}),
  };
}

/** What the last biases begin with: the log-odds or log-shares of the classes (within ±10), 0 for a scaled value. */
function lastBias({ kind, classes, train }: TrainingInput): number[] {
  if (kind === 'regression') return [0];
  const shares = Array.from(classShares(train, classes), (share) => Math.max(share, 1e-4));
  return classes === 2 ? [log64(shares[1]! / shares[0]!)] : shares.map((share) => log64(share));
}
