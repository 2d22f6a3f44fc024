/** @file Boosted trees: rounds of trees on the gradients of a loss, early stopping that keeps the best round, checkpoints. */

import type { Json } from '../../../src/domain/canonical';
import type { EpochReport, TrainingHooks, TrainingInput, TrainingOutcome } from '../../../src/domain/modelling/learner';
import { interactionsOf, monotoneOf } from '../../../src/domain/modelling/learners/treeConstraints';
import { restored, seeded, type Random } from '../../../src/domain/random';
import { Refusal } from '../../../src/domain/refusal';
import { breathing } from '../breath';
import { totalWeight } from '../loss';
import { checkpointing } from '../checkpointing';
import { markOf, stateOf, type SavedNumbers } from '../savedState';
import { startTrees, type TreeArena } from './arithmetic';
import { Grower, type Ground, type GrowthSettings, type Leaf } from './grower';
import { keptTree, modelOf, restoredTrees, savedTrees, type KeptTree } from './grownTree';
import { objectiveOf, weightedQuantile, type Objective } from './objective';
import { scalesOf, type Scales } from './scales';
import { treeColumns, treeRows, type TreeRows } from './treeTable';
import { fillMargins, inPieces, Walker, type Breathe } from './treeTraining';

interface Progress {
  round: number;
  best: { round: number; loss: number } | null;
  curve: EpochReport[];
  random: readonly [number, number, number, number];
}

interface Options {
  readonly rounds: number;
  readonly patience: number;
  readonly learningRate: number;
  readonly subsample: number;
  readonly colsample: number;
  readonly growth: GrowthSettings;
}

/** @throws Refusal for constraints that do not fit the features */
function optionsOf({ plan, meanings = [], classes }: TrainingInput, used: readonly number[], monotone: Int8Array, largestStep: number): Options {
  const number = (name: string): number => plan.hyperparameters[name] as number;
  const hasMonotone = monotone.some((direction) => direction !== 0);
  if (hasMonotone && classes > 2) throw new Refusal('monotoneManyClasses');
  const together = interactionsOf(String(plan.hyperparameters['interactions']), meanings);
  return {
    rounds: number('rounds'),
    patience: number('patience'),
    learningRate: number('learning_rate'),
    subsample: number('subsample'),
    colsample: number('colsample'),
    growth: {
      maxDepth: number('max_depth'),
      maxLeaves: number('max_leaves'),
      isLeafWise: plan.hyperparameters['grow_policy'] === 'lossguide',
      l2: number('l2'),
      leastWeight: number('min_child_weight'),
      leastGain: number('min_split_gain'),
      largestStep,
      hasMonotone,
      // LightGBM's usual values, which keep rare categories from being learnt by heart.
      smooth: 10,
      categoryL2: 10,
      oneHot: 4,
      ...(together ? { together: together.map((group) => group.flatMap((feature) => (used.includes(feature) ? [used.indexOf(feature)] : []))) } : {}),
    },
  };
}

/**
 * Trains until the rounds are over, the validation loss stopped falling, a loss is no longer finite, or the user has had enough.
 * @throws Refusal stoppedTooEarly before the first round is over
 */
export async function trainBoosting(input: TrainingInput, hooks: TrainingHooks): Promise<TrainingOutcome> {
  const { train, validation, plan, meanings = [] } = input;
  const breathe = breathing(hooks);
  const objective = objectiveOf(input);
  const { outputs, base, output } = objective;
  const monotone = monotoneOf(String(plan.hyperparameters['monotone']), meanings, train.features);
  const arena = await startTrees(plan.engine);
  const columns = await treeColumns(arena, train, input.meanings, { bins: plan.hyperparameters['max_bins'] as number, seed: plan.seed, monotone, cellsOfBin: 1 }, breathe);
  const options = optionsOf(input, columns.used, monotone, objective.largestStep);
  const rows = await treeRows(arena, train, columns, outputs, objective.needsProbabilities, breathe);
  const held = await treeRows(arena, validation, columns, outputs, objective.needsProbabilities, breathe);
  const walker = new Walker(arena, breathe);
  const round = new Round(arena, rows, objective, options, breathe, walker, new Grower(arena, rows, columns, options.growth, breathe));

  const mark = markOf(input);
  const saved = stateOf<SavedNumbers>(mark, input.checkpoint);
  const checkpoints = checkpointing(hooks, mark, breathe);
  const progress: Progress = saved ? (saved.head as unknown as Progress) : { round: 0, best: null, curve: [], random: seeded(plan.seed).state() };
  const trees = saved ? restoredTrees(saved.arrays) : [];
  const random = restored(progress.random);
  for (const part of [rows, held]) fillMargins(arena, part, base);
  for (const [t, tree] of trees.entries()) {
    await walker.load(tree, 1);
    for (const part of [rows, held]) await walker.walk(part, 1, outputs, t % outputs);
  }
  const lossOf = async (part: TreeRows): Promise<number> => inPieces(part.rows, breathe, (from, to) => objective.loss(arena, part, from, to));
  const [trainTotal, heldTotal] = [totalWeight(train), totalWeight(validation)];
  const isEnd = (): boolean =>
    progress.round >= options.rounds || (options.patience > 0 && validation.rows > 0 && progress.best !== null && progress.round - progress.best.round >= options.patience);
  const ending = async (kind: 'trained' | 'stopped'): Promise<TrainingOutcome> => {
    const { round: done, best, curve } = progress;
    if (done === 0) throw new Refusal('stoppedTooEarly');
    const kept = best?.round ?? done;
    const facts = { rounds: done, keptEpoch: kept, trees: kept * outputs };
    const model = await modelOf(trees.slice(0, kept * outputs), { output, features: train.features, base, width: 1, bins: columns.bins, used: columns.used, facts }, breathe);
    return { kind, model, curve: kind === 'stopped' ? curve.map((point) => ({ ...point, epochs: done })) : curve, backend: plan.engine };
  };
  if (!Number.isFinite(await lossOf(rows))) return { kind: 'diverged', epoch: 1 };
  while (!isEnd()) {
    if (hooks.stopped() && progress.round > 0) return ending('stopped');
    const grown = await round.grow(random, () => hooks.stopped());
    if (grown === 'stopped') return ending('stopped');
    const epoch = progress.round + 1;
    if (grown === 'diverged') return { kind: 'diverged', epoch };
    trees.push(...grown);
    // The loss after this round comes with the gradients of the next.
    const trainLoss = (await lossOf(rows)) / trainTotal;
    if (held.rows > 0) {
      for (const [k, tree] of grown.entries()) {
        await walker.load(tree, 1);
        await walker.walk(held, 1, outputs, k);
      }
    }
    const validationLoss = held.rows > 0 ? (await lossOf(held)) / heldTotal : trainLoss;
    if (!Number.isFinite(trainLoss) || !Number.isFinite(validationLoss)) return { kind: 'diverged', epoch };
    progress.round = epoch;
    progress.random = random.state();
    if (validation.rows > 0 && (progress.best === null || validationLoss < progress.best.loss)) progress.best = { round: epoch, loss: validationLoss };
    const report = { epoch, epochs: options.rounds, trainLoss, validationLoss };
    progress.curve.push(report);
    hooks.onEpoch(report);
    await breathe();
    if (isEnd()) break;
    if (checkpoints.due()) await checkpoints.keep(progress as unknown as Json, savedTrees(trees));
  }
  return ending('trained');
}

/** One round: a tree for each sum, on gradients that are in memory. */
class Round {
  readonly #arena: TreeArena;
  readonly #rows: TreeRows;
  readonly #objective: Objective;
  readonly #options: Options;
  readonly #breathe: Breathe;
  readonly #walker: Walker;
  readonly #grower: Grower;
  readonly #packed: number;
  readonly #order: number;
  readonly #spare: number;
  readonly #out: number;

  constructor(arena: TreeArena, rows: TreeRows, objective: Objective, options: Options, breathe: Breathe, walker: Walker, grower: Grower) {
    this.#arena = arena;
    this.#rows = rows;
    this.#objective = objective;
    this.#options = options;
    this.#breathe = breathe;
    this.#walker = walker;
    this.#grower = grower;
    this.#packed = arena.take(8 * rows.rows);
    this.#order = arena.take(4 * rows.rows);
    this.#spare = arena.take(4 * rows.rows);
    this.#out = arena.take(64);
  }

  async grow(random: Random, isStopped: () => boolean): Promise<KeptTree[] | 'diverged' | 'stopped'> {
    const { outputs } = this.#objective;
    const { rows, gh } = this.#rows;
    const trees: KeptTree[] = [];
    const count = this.#sample(random);
    for (let k = 0; k < outputs; k++) {
      if (k > 0 && isStopped()) return 'stopped';
      await inPieces(rows, this.#breathe, (from, to) => this.#objective.gradient(this.#arena, this.#rows, from, to, k));
      const scales = scalesOf(this.#bound(), rows, gh, this.#out);
      if (scales === undefined) return 'diverged';
      await inPieces(rows, this.#breathe, (from, to) => this.#arena.run.pack(to - from, gh + 16 * from, scales.g, scales.h, this.#packed + 8 * from));
      const isWhole = count === rows;
      // The list of a sample is used again by the next class: leaves only sort it.
      if (isWhole) this.#inOrder(rows);
      const ground: Ground = { packed: this.#packed, order: this.#order, spare: this.#spare, count, isWhole, stepG: 1 / scales.g, stepH: 1 / scales.h, classOf: 0 };
      const { tree: grown, leaves } = await this.#grower.grow(ground, random, this.#columns(random));
      for (const leaf of leaves) {
        grown.values.push(this.#value(leaf, scales));
        const wait = this.#breathe();
        if (wait) await wait;
      }
      if (!grown.values.every(Number.isFinite)) return 'diverged';
      const tree = keptTree(grown);
      for (const [at, { from, to }] of leaves.entries()) this.#arena.run.addToRows(this.#order, from, to, this.#rows.margins, outputs, k, tree.values[at]!);
      if (!isWhole) {
        await this.#walker.load(tree, 1);
        await this.#walker.walk(this.#rows, 1, outputs, k, { order: this.#order, from: count, to: rows });
      }
      trees.push(tree);
    }
    return trees;
  }

  #bound(): Pick<TreeArena, 'run' | 'doubles'> {
    return { run: this.#arena.run, doubles: (at, length) => this.#arena.doubles(at, length) };
  }

  #inOrder(rows: number): void {
    const order = this.#arena.words(this.#order, rows);
    for (let i = 0; i < rows; i++) order[i] = i;
  }

  /** Draws the rows of a round to the front of the list, the others behind them; rows that weigh nothing are never drawn. @returns how many */
  #sample(random: Random): number {
    const { rows, weights } = this.#rows;
    const { subsample } = this.#options;
    if (subsample >= 1 && weights === 0) return rows;
    const order = this.#arena.words(this.#order, rows);
    const weight = weights === 0 ? undefined : this.#arena.doubles(weights, rows);
    let [front, back] = [0, rows];
    for (let i = 0; i < rows; i++) {
      const isDrawn = (subsample >= 1 || random.next() < subsample) && (weight === undefined || weight[i]! > 0);
      order[isDrawn ? front++ : --back] = i;
    }
    return front;
  }

  #columns(random: Random): Uint8Array | undefined {
    const width = this.#rows.stride;
    const few = Math.max(1, Math.round(this.#options.colsample * width));
    if (few >= width) return undefined;
    const chosen = new Uint8Array(width);
    for (const f of random.shuffle(Uint32Array.from({ length: width }, (_, f) => f)).subarray(0, few)) chosen[f] = 1;
    return chosen;
  }

  /** A float32 number, so that the model and every export say the same. */
  #value(leaf: Leaf, scales: Scales): number {
    const { growth, learningRate } = this.#options;
    const { unit, quantile } = this.#objective;
    let step: number;
    if (quantile !== undefined && !growth.hasMonotone) step = this.#quantileStep(leaf, quantile);
    else {
      this.#arena.run.leafSums(this.#order, leaf.from, leaf.to, this.#rows.gh, scales.leafG, scales.leafH, this.#out);
      const [sumG, sumH] = this.#arena.doubles(this.#out, 2) as unknown as readonly [number, number];
      const d = sumH / scales.leafH + growth.l2;
      step = d > 0 ? -(sumG / scales.leafG) / d : 0;
    }
    return Math.fround(learningRate * Math.min(leaf.upper, Math.max(leaf.lower, step)) * unit) + 0;
  }

  #quantileStep({ from, to }: Leaf, alpha: number): number {
    const { rows, y, margins, weights } = this.#rows;
    const order = this.#arena.words(this.#order, rows).subarray(from, to);
    const [target, margin] = [this.#arena.doubles(y, rows), this.#arena.doubles(margins, rows)];
    const weight = weights === 0 ? undefined : this.#arena.doubles(weights, rows);
    const residuals = Float64Array.from(order, (row) => (target[row]! - margin[row]!) / this.#objective.unit);
    return weightedQuantile(residuals, weight && Float64Array.from(order, (row) => weight[row]!), alpha);
  }
}
