/** @file The training loop of the dense learner: epochs, early stopping, checkpoints. */

import * as tf from '@tensorflow/tfjs-core';
import type { Json } from '../../src/domain/canonical';
import type { LayersModel } from '../../src/domain/modelling/forms/layers';
import type { EpochReport, Examples, TrainingHooks, TrainingInput, TrainingOutcome } from '../../src/domain/modelling/learner';
import { hiddenWidths } from '../../src/domain/modelling/learners/dense';
import { Refusal } from '../../src/domain/refusal';
import { restored, seeded } from '../../src/domain/random';
import { DenseNet, type DenseOutput } from '../tensors/denseNet';
import { withinMemory } from '../tensors/memory';
import { batchSizes, warmDenseNet } from '../tensors/warmUp';
import { breathing } from './breath';
import { denseBatches, dropoutMasks } from './denseBatches';
import { firstParameters, layersOf } from './denseLayers';
import { classShares, lossOf, scaleOf, totalWeight, type Loss, type Scale } from './loss';
import { markOf, stateBytes, stateOf } from './savedState';

/** Rows of a forward pass over the validation rows, and batches whose logits are read back together. */
const validationBlock = 4096;
const readTogether = 16;

type Words = readonly [number, number, number, number];

/** Where a training stands; with the arrays of a checkpoint, all that the next batch depends on. */
interface Progress {
  /** Epochs that are finished. */
  epoch: number;
  /** Rows of the running epoch that are done, and the weighted sum of their losses. */
  done: number;
  lossSum: number;
  /** The generator at the start of the running epoch, before the rows are shuffled, and now. */
  epochStart: Words;
  now: Words;
  steps: number;
  best: { epoch: number; loss: number } | null;
  curve: EpochReport[];
}

/**
 * Trains until the epochs are over, the validation loss stopped falling, the loss is no longer finite, or the user has had enough.
 * A training that was stopped ends as one would have that was to end with its last full epoch; what came after is forgotten.
 * @throws Refusal stoppedTooEarly before the first epoch is over
 */
export async function trainDense(input: TrainingInput, hooks: TrainingHooks, backend: string): Promise<TrainingOutcome> {
  const { train, validation, plan } = input;
  const loss = lossOf(input);
  const scale = input.kind === 'regression' ? scaleOf(train) : undefined;
  const [epochs, batchSize, patience, dropout] = ['epochs', 'batch_size', 'patience', 'dropout'].map((name) => plan.hyperparameters[name] as number) as [
    number,
    number,
    number,
    number,
  ];
  const hidden = hiddenWidths(String(plan.hyperparameters['hidden']));
  const widths = [train.features, ...hidden, loss.outputs];
  const output: DenseOutput = input.kind === 'regression' ? 'identity' : loss.outputs === 1 ? 'sigmoid' : 'softmax';
  const shape = { widths, output };
  const rates = { learningRate: plan.hyperparameters['learning_rate'] as number, weightDecay: plan.hyperparameters['weight_decay'] as number };
  const breathe = breathing(hooks);
  const mark = markOf(input);
  const total = totalWeight(train);
  const saved = stateOf(mark, input.checkpoint);
  let random = seeded(plan.seed);
  let progress: Progress;
  /** Parameters of the best epoch; of the last one, where no validation rows say which is best. */
  let kept: Float32Array | undefined;
  let net: DenseNet;
  if (saved) {
    progress = saved.head as unknown as Progress;
    random = restored(progress.now);
    const [parameters, first, second, keptThen] = saved.arrays as readonly Float32Array[];
    net = new DenseNet(shape, rates, { parameters: parameters!, moments: [first!, second!], steps: progress.steps });
    kept = keptThen;
  } else {
    net = new DenseNet(shape, rates, { parameters: firstParameters(widths, priorLogits(input, loss), random) });
    progress = { epoch: 0, done: 0, lossSum: 0, epochStart: random.state(), now: random.state(), steps: 0, best: null, curve: [] };
  }
  await warmDenseNet({ shape, sizes: batchSizes(train.rows, batchSize), weights: train.weights !== undefined, masks: dropout > 0, decays: rates.weightDecay > 0 });
  const batches = await withinMemory(() =>
    denseBatches(
      train,
      targetsOf(input, loss, scale),
      loss.outputs,
      train.weights && Float32Array.from(train.weights, (weight) => (weight * train.rows) / total),
    ),
  );
  const order = new Uint32Array(train.rows);
  /** Logits that the device still holds, with the rows they belong to. */
  let unread: { logits: tf.Tensor2D; from: number }[] = [];
  const read = async (): Promise<void> => {
    if (unread.length === 0) return;
    // One read-back for all of them: on a GPU each costs as much as a batch.
    const from = unread[0]!.from;
    const together = tf.concat2d(
      unread.map((one) => one.logits),
      0,
    );
    tf.dispose(unread.map((one) => one.logits));
    unread = [];
    const values = await together.data<'float32'>();
    together.dispose();
    const rows = values.length / loss.outputs;
    for (let i = 0; i < rows; i++) progress.lossSum += weightedLoss(loss, train, order[from + i]!, values, i, scale);
  };
  const save = async (): Promise<void> => {
    await read();
    progress.now = random.state();
    progress.steps = net.steps;
    const arrays = [await net.parameters(), ...(await net.moments()), ...(kept ? [kept] : [])];
    await hooks.checkpoint(stateBytes(mark, { head: { ...progress, curve: progress.curve.map((one) => ({ ...one })) } as unknown as Json, arrays }));
  };
  const isEnd = (): boolean => progress.epoch >= epochs || isOver(progress, validation, patience);
  const ending = (kind: 'trained' | 'stopped'): TrainingOutcome => {
    if (kept === undefined) throw new Refusal('stoppedTooEarly');
    if (!kept.every(Number.isFinite)) return { kind: 'diverged', epoch: progress.epoch + 1 };
    const { epoch, curve } = progress;
    const facts = { epochs: epoch, keptEpoch: progress.best?.epoch ?? epoch, steps: epoch * Math.ceil(train.rows / batchSize) };
    const model: LayersModel = { form: 'layers', layers: layersOf(widths, kept, scale), output, facts };
    return { kind, model, curve: kind === 'stopped' ? curve.map((point) => ({ ...point, epochs: epoch })) : curve, backend };
  };
  try {
    while (!isEnd()) {
      order.forEach((_, i) => (order[i] = i));
      const shuffler = restored(progress.epochStart);
      shuffler.shuffle(order);
      // A resumed epoch shuffles again and then goes on with the saved generator.
      if (progress.done === 0) random = shuffler;
      while (progress.done < train.rows) {
        const from = progress.done;
        const to = Math.min(train.rows, from + batchSize);
        const batch = batches.take(order, from, to);
        const masks = dropout > 0 ? dropoutMasks(hidden, to - from, dropout, random) : undefined;
        unread.push({ logits: net.step({ ...batch, masks }), from });
        tf.dispose([batch.x, batch.target, ...(batch.weights ? [batch.weights] : []), ...(masks ?? [])]);
        progress.done = to;
        if (unread.length >= readTogether) await read();
        await breathe();
        // The epoch whose batches are all done counts: it is finished first.
        if (to === train.rows) break;
        if (hooks.stopped()) return ending('stopped');
        if (hooks.checkpointDue()) await save();
      }
      await read();
      const trainLoss = progress.lossSum / total;
      const validationLoss = validation.rows > 0 ? await lossOver(net, validation, loss, scale, breathe) : trainLoss;
      if (!Number.isFinite(trainLoss) || !Number.isFinite(validationLoss)) return { kind: 'diverged', epoch: progress.epoch + 1 };
      const report = { epoch: progress.epoch + 1, epochs, trainLoss, validationLoss };
      progress.curve.push(report);
      progress.epoch++;
      progress.done = progress.lossSum = 0;
      progress.epochStart = random.state();
      // Without validation rows there is nothing to choose by, and the last epoch is kept.
      if (validation.rows === 0) kept = await net.parameters();
      else if (progress.best === null || validationLoss < progress.best.loss) {
        progress.best = { epoch: report.epoch, loss: validationLoss };
        kept = await net.parameters();
      }
      hooks.onEpoch(report);
      await breathe();
      if (hooks.stopped() && !isEnd()) return ending('stopped');
      if (hooks.checkpointDue()) await save();
    }
    return ending('trained');
  } finally {
    tf.dispose(unread.map((one) => one.logits));
    batches.dispose();
    net.dispose();
  }
}

/** A patience of 0 means that all epochs run. */
const isOver = ({ epoch, best }: Progress, validation: Examples, patience: number): boolean =>
  patience > 0 && validation.rows > 0 && best !== null && epoch - best.epoch >= patience;

function weightedLoss(loss: Loss, { y, weights }: Examples, row: number, logits: ArrayLike<number>, at: number, scale: Scale | undefined): number {
  const target = scale ? (y[row]! - scale.mean) / scale.deviation : y[row]!;
  return (weights === undefined ? 1 : weights[row]!) * loss.of(logits, at * loss.outputs, target);
}

async function lossOver(net: DenseNet, examples: Examples, loss: Loss, scale: Scale | undefined, breathe: () => Promise<void> | undefined): Promise<number> {
  const { x, rows, features } = examples;
  let sum = 0;
  for (let from = 0; from < rows; from += validationBlock) {
    const to = Math.min(rows, from + validationBlock);
    const block = tf.tensor2d(x.subarray(from * features, to * features), [to - from, features]);
    const logits = net.logits(block);
    block.dispose();
    const values = await logits.data<'float32'>();
    logits.dispose();
    for (let i = from; i < to; i++) sum += weightedLoss(loss, examples, i, values, i - from, scale);
    await breathe();
  }
  return sum / totalWeight(examples);
}

/** What the last biases begin with: the log-odds or log-shares of the classes (within ±10), 0 for a scaled value. */
function priorLogits({ kind, classes, train }: TrainingInput, loss: Loss): number[] {
  if (kind === 'regression') return [0];
  const shares = Array.from(classShares(train, classes), (share) => Math.max(share, 1e-4));
  return loss.outputs === 1 ? [Math.log(shares[1]! / shares[0]!)] : shares.map((share) => Math.log(share));
}

/** rows × outputs: the one-hot class, the class 0 or 1, or the scaled value. */
function targetsOf({ train }: TrainingInput, loss: Loss, scale: Scale | undefined): Float32Array {
  if (scale) return Float32Array.from(train.y, (value) => (value - scale.mean) / scale.deviation);
  if (loss.outputs === 1) return Float32Array.from(train.y);
  const targets = new Float32Array(train.rows * loss.outputs);
  for (let i = 0; i < train.rows; i++) targets[i * loss.outputs + train.y[i]!] = 1;
  return targets;
}
