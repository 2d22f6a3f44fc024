/** @file The neighbours learner: keeps the training rows, and asks the nearest of them. */

import type { Engine, Examples, Learner, TrainingInput } from '../../../src/domain/modelling/learner';
import { curveRows, neighboursDescription } from '../../../src/domain/modelling/learners/neighbours';
import { reachOf, writeVote, type NeighboursModel, type NeighbourWeights } from '../../../src/domain/modelling/forms/neighbours';
import { nearestRows, noNearest } from '../../../src/domain/modelling/nearest';
import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import { breathe } from '../../steps/breathe';
import { answeringEngine } from '../answeringEngine';
import { breathing } from '../breath';
import { checkFeatures, checkInput } from '../examplesCheck';
import { scaleOf, type Scale } from '../loss';
import { nearestNative, type NearestSearch } from '../nearestNative';
import { pointLoss, spreadRows } from '../pointLoss';

/**
 * Learns in one pass: rows of weight 0 are left out, all others are kept. A row of weight two counts as two of the k, as the row twice over does.
 */
export const neighbours: Learner = {
  ...neighboursDescription,
  async train(input, hooks) {
    checkInput(input);
    const { train, validation, plan } = input;
    const model = kept(train, plan.hyperparameters['k'] as number, plan.hyperparameters['weights'] as NeighbourWeights);
    const pause = breathing(hooks);
    const scale: Scale = input.kind === 'regression' ? scaleOf(train) : { mean: 0, deviation: 1 };
    const lossOf = async (examples: Examples): Promise<number> => {
      const some = spreadRows(examples, curveRows);
      return pointLoss(some, input.classes, await answers(model, input.classes, some.x, some.rows, plan.engine, pause), scale);
    };
    const trainLoss = await lossOf(train);
    const validationLoss = validation.rows > 0 ? await lossOf(validation) : trainLoss;
    const report = { epoch: 1, epochs: 1, trainLoss, validationLoss };
    hooks.onEpoch(report);
    await hooks.breathe();
    return { kind: 'trained', model, curve: [report], backend: plan.engine === 'native' ? 'native' : 'plain' };
  },
  async predict(model, classes, x, rows, engine) {
    const own = ofForm(model, 'neighbours');
    checkFeatures(x, rows, own.features);
    // Many queries among many rows take seconds, and a worker has messages to answer.
    return answers(own, classes, x, rows, answeringEngine(engine), breathing({ breathe }));
  },
};

function kept({ rows, features, x, y, weights }: TrainingInput['train'], k: number, how: NeighbourWeights): NeighboursModel {
  const counted = Array.from({ length: rows }, (_, i) => i).filter((i) => (weights?.[i] ?? 1) > 0);
  const own = new Float32Array(counted.length * features);
  counted.forEach((i, to) => own.set(x.subarray(i * features, (i + 1) * features), to * features));
  const rowWeights = weights && Float64Array.from(counted, (i) => weights[i]!);
  const reach = reachOf(k, counted.length, rowWeights);
  return {
    form: 'neighbours',
    k,
    reach,
    weights: how,
    features,
    rows: own,
    answers: Float64Array.from(counted, (i) => y[i]!),
    ...(rowWeights ? { rowWeights } : {}),
    facts: { rows: counted.length },
  };
}

/** The rows of a model in the memory of a kernel, as long as the model is kept. */
interface Held {
  readonly search: NearestSearch;
  /** Ends with the block that is being looked up: the next one uses the same memory. */
  turn: Promise<void>;
}

const held = new WeakMap<NeighboursModel, Promise<Held>>();

function heldRows(model: NeighboursModel, breathe: () => Promise<void> | undefined): Promise<Held> {
  let own = held.get(model);
  if (own === undefined) {
    own = nearestNative(model.rows, model.features, model.reach, breathe).then((search) => ({ search, turn: Promise.resolve() }));
    held.set(model, own);
    own.catch(() => held.delete(model));
  }
  return own;
}

async function answers(model: NeighboursModel, classes: number, x: Float32Array, rows: number, engine: Engine, breathe: () => Promise<void> | undefined): Promise<Float64Array> {
  const { features, reach } = model;
  const width = Math.max(classes, 1);
  const answer = new Float64Array(rows * width);
  if (engine !== 'native') {
    const nearest = noNearest(1, reach);
    for (let i = 0; i < rows; i++) {
      nearestRows(model.rows, features, x, i * features, reach, nearest, 0);
      writeVote(model, classes, nearest, 0, answer, i * width);
      await breathe();
    }
    return answer;
  }
  if (rows === 0) return answer;
  const own = await heldRows(model, breathe);
  for (let from = 0; from < rows; from += own.search.block) {
    const to = Math.min(rows, from + own.search.block);
    const block = own.turn.then(async () => {
      const nearest = await own.search.find(x.subarray(from * features, to * features), to - from, breathe);
      for (let i = from; i < to; i++) writeVote(model, classes, nearest, i - from, answer, i * width);
    });
    own.turn = block.catch(() => undefined);
    await block;
  }
  return answer;
}
