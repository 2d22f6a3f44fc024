/** @file Forests and single trees: trees on the targets themselves, whose leaves are shares of classes or means, averaged over the trees. */

import type { Json } from '../../../src/domain/canonical';
import { log64 } from '../../../src/domain/exactMath';
import type { EpochReport, Examples, TrainingHooks, TrainingInput, TrainingOutcome } from '../../../src/domain/modelling/learner';
import { restored, seeded, type Random } from '../../../src/domain/random';
import { Refusal } from '../../../src/domain/refusal';
import { breathing } from '../breath';
import { classShares, scaleOf, totalWeight, type Scale } from '../loss';
import { checkpointing } from '../checkpointing';
import { markOf, stateOf, type SavedNumbers } from '../savedState';
import { startTrees, type TreeArena } from './arithmetic';
import { Grower, type Ground, type GrowthSettings, type Leaf } from './grower';
import { keptTree, modelOf, restoredTrees, savedTrees, type GrownTree, type KeptTree } from './grownTree';
import { scalesOf, type Scales } from './scales';
import { treeColumns, treeRows, type TreeRows } from './treeTable';
import { fillMargins, inPieces, Walker, type Breathe } from './treeTraining';

export interface ForestOptions {
  readonly trees: number;
  readonly bootstrap: boolean;
  readonly maxDepth: number;
  readonly maxLeaves: number;
  readonly leastLeaf: number;
  readonly leastGain: number;
  readonly featuresOfSplit: 'all' | 'sqrt' | 'third';
  readonly maxBins: number;
  /** Rows' worth of the overall shares that each leaf of classes begins with, so that a small one does not say never. */
  readonly smoothing: number;
}

/** Most classes: their counts are kept for each bin of each feature. */
const mostClasses = 1024;
/** The least probability that a loss is taken of. */
const least = 1e-15;

interface Progress {
  tree: number;
  curve: EpochReport[];
  random: readonly [number, number, number, number];
}

/** @throws Refusal stoppedTooEarly before the first tree has grown, tooManyClasses { classes, most } */
export async function trainForest(input: TrainingInput, hooks: TrainingHooks, options: ForestOptions): Promise<TrainingOutcome> {
  const { kind, classes, train, validation, plan } = input;
  if (classes > mostClasses) throw new Refusal('tooManyClasses', { classes, most: mostClasses });
  const breathe = breathing(hooks);
  const scale: Scale = kind === 'regression' ? scaleOf(train) : { mean: 0, deviation: 1 };
  if (!Number.isFinite(scale.mean)) return { kind: 'diverged', epoch: 1 };
  const base = kind === 'regression' ? Float64Array.of(Math.fround(scale.mean)) : new Float64Array(classes);
  const unit = kind === 'regression' ? Math.fround(scale.deviation) || 1 : 1;
  const outputs = base.length;
  const arena = await startTrees(plan.engine);
  const monotone = new Int8Array(train.features);
  // Two classes are one target of zeros and ones: its variance is half of Gini's impurity.
  const cellsOfBin = classes === 0 || classes === 2 ? 1 : classes;
  const columns = await treeColumns(arena, train, input.meanings, { bins: options.maxBins, seed: plan.seed, monotone, cellsOfBin }, breathe);
  const rows = await treeRows(arena, train, columns, outputs, false, breathe);
  const held = await treeRows(arena, validation, columns, outputs, false, breathe);
  const walker = new Walker(arena, breathe);
  const grove = new Grove(arena, rows, train, { kind, classes, base: base[0]!, unit }, breathe, options, new Grower(arena, rows, columns, growthOf(options, columns.used.length), breathe));
  await grove.prepare();

  const mark = markOf(input);
  const saved = stateOf<SavedNumbers>(mark, input.checkpoint);
  const checkpoints = checkpointing(hooks, mark, breathe);
  const progress: Progress = saved ? (saved.head as unknown as Progress) : { tree: 0, curve: [], random: seeded(plan.seed).state() };
  const trees = saved ? restoredTrees(saved.arrays) : [];
  const random = restored(progress.random);
  const width = outputs;
  for (const part of [rows, held]) fillMargins(arena, part, base);
  const add = async (tree: KeptTree): Promise<void> => {
    await walker.load(tree, width);
    for (const part of [rows, held]) await walker.walk(part, width, outputs, 0);
  };
  for (const tree of trees) await add(tree);
  const lossOf = async (part: TreeRows, examples: Examples): Promise<number> => (await inPieces(part.rows, breathe, (from, to) => lossOver(arena, part, examples, input, scale, base, trees.length, from, to))) / totalWeight(examples);
  const ending = async (how: 'trained' | 'stopped'): Promise<TrainingOutcome> => {
    const done = progress.tree;
    if (done === 0) throw new Refusal('stoppedTooEarly');
    const facts = { trees: done, leaves: trees.reduce((sum, tree) => sum + tree.values.length / width, 0) };
    const model = await modelOf(trees, { output: kind === 'regression' ? 'mean' : 'shares', features: train.features, base, width, bins: columns.bins, used: columns.used, facts }, breathe);
    return { kind: how, model, curve: how === 'stopped' ? progress.curve.map((point) => ({ ...point, epochs: done })) : progress.curve, backend: plan.engine };
  };
  while (progress.tree < options.trees) {
    if (hooks.stopped() && progress.tree > 0) return ending('stopped');
    const grown = await grove.grow(random);
    const epoch = progress.tree + 1;
    if (grown === undefined || !grown.values.every(Number.isFinite)) return { kind: 'diverged', epoch };
    const tree = keptTree(grown);
    trees.push(tree);
    await add(tree);
    const trainLoss = await lossOf(rows, train);
    const validationLoss = held.rows > 0 ? await lossOf(held, validation) : trainLoss;
    if (!Number.isFinite(trainLoss) || !Number.isFinite(validationLoss)) return { kind: 'diverged', epoch };
    progress.tree = epoch;
    progress.random = random.state();
    const report = { epoch, epochs: options.trees, trainLoss, validationLoss };
    progress.curve.push(report);
    hooks.onEpoch(report);
    await breathe();
    if (epoch < options.trees && checkpoints.due()) await checkpoints.keep(progress as unknown as Json, savedTrees(trees));
  }
  return ending('trained');
}

function growthOf({ maxDepth, maxLeaves, leastLeaf, leastGain, featuresOfSplit }: ForestOptions, features: number): GrowthSettings {
  const some = featuresOfSplit === 'all' ? features : Math.max(1, Math.round(featuresOfSplit === 'sqrt' ? Math.sqrt(features) : features / 3));
  return {
    maxDepth,
    maxLeaves,
    isLeafWise: maxLeaves > 0,
    l2: 0,
    leastWeight: Math.max(leastLeaf, 1e-9),
    leastGain,
    largestStep: Infinity,
    hasMonotone: false,
    smooth: 0,
    categoryL2: 0,
    oneHot: 0,
    featuresOfSplit: some,
  };
}

/** Sums of leaves to the loss of some rows. */
function lossOver(arena: TreeArena, { margins, rows }: TreeRows, { y, weights }: Examples, { kind }: TrainingInput, scale: Scale, base: Float64Array, trees: number, from: number, to: number): number {
  const outputs = base.length;
  const sums = arena.doubles(margins, rows * outputs);
  let loss = 0;
  for (let i = from; i < to; i++) {
    let one: number;
    if (kind === 'regression') one = ((base[0]! + (sums[i]! - base[0]!) / trees - y[i]!) / scale.deviation) ** 2 / 2;
    else {
      let all = 0;
      for (let k = 0; k < outputs; k++) all += sums[i * outputs + k]!;
      one = -log64(Math.max(least, sums[i * outputs + y[i]!]! / all));
    }
    loss += (weights?.[i] ?? 1) * one;
  }
  return loss;
}

/** Where the trees of a forest grow: the same targets for all, with other rows drawn for each. */
class Grove {
  readonly #arena: TreeArena;
  readonly #rows: TreeRows;
  readonly #train: Examples;
  readonly #task: { readonly kind: TrainingInput['kind']; readonly classes: number; readonly base: number; readonly unit: number };
  readonly #breathe: Breathe;
  readonly #options: ForestOptions;
  readonly #grower: Grower;
  readonly #packed: number;
  readonly #order: number;
  readonly #spare: number;
  readonly #factors: number;
  readonly #drawn: number;
  readonly #classOf: number;
  readonly #out: number;
  readonly #shares: Float64Array;

  constructor(arena: TreeArena, rows: TreeRows, train: Examples, task: { kind: TrainingInput['kind']; classes: number; base: number; unit: number }, breathe: Breathe, options: ForestOptions, grower: Grower) {
    this.#arena = arena;
    this.#rows = rows;
    this.#train = train;
    this.#task = task;
    this.#breathe = breathe;
    this.#options = options;
    this.#grower = grower;
    const n = rows.rows;
    this.#packed = arena.take(8 * n);
    this.#order = arena.take(4 * n);
    this.#spare = arena.take(4 * n);
    this.#factors = arena.take(8 * n);
    this.#drawn = arena.take(16 * n);
    this.#classOf = task.classes === 0 ? 0 : arena.copied(Uint16Array.from(train.y));
    this.#out = arena.take(64);
    this.#shares = classShares(train, task.classes).map(Math.fround);
  }

  /** g is what the mean lacks to the target, times the weight; h is the weight. With classes that are counted only the weight matters. */
  async prepare(): Promise<void> {
    const { rows, gh } = this.#rows;
    const { y, weights } = this.#train;
    const { kind, classes, base, unit } = this.#task;
    const both = this.#arena.doubles(gh, 2 * rows);
    await inPieces(rows, this.#breathe, (from, to) => {
      for (let i = from; i < to; i++) {
        const w = weights?.[i] ?? 1;
        both[2 * i] = kind === 'regression' ? ((base - y[i]!) / unit) * w : classes === 2 ? -y[i]! * w : 0;
        both[2 * i + 1] = w;
      }
    });
  }

  async grow(random: Random): Promise<GrownTree | undefined> {
    const { run } = this.#arena;
    const { rows } = this.#rows;
    const count = this.#draw(random);
    await inPieces(rows, this.#breathe, (from, to) => run.multiply(to - from, this.#rows.gh + 16 * from, this.#factors + 8 * from, this.#drawn + 16 * from));
    const scales = scalesOf({ run, doubles: (at, length) => this.#arena.doubles(at, length) }, rows, this.#drawn, this.#out);
    if (scales === undefined) return undefined;
    await inPieces(rows, this.#breathe, (from, to) => run.pack(to - from, this.#drawn + 16 * from, scales.g, scales.h, this.#packed + 8 * from));
    const ground: Ground = { packed: this.#packed, order: this.#order, spare: this.#spare, count, isWhole: count === rows, stepG: 1 / scales.g, stepH: 1 / scales.h, classOf: this.#classOf };
    const { tree, leaves } = await this.#grower.grow(ground, random);
    for (const leaf of leaves) {
      tree.values.push(...this.#values(leaf, scales));
      const wait = this.#breathe();
      if (wait) await wait;
    }
    return tree;
  }

  /** As many rows as there are, drawn with replacement: how often each was, and a list of those that were and weigh something. */
  #draw(random: Random): number {
    const { rows } = this.#rows;
    const factors = this.#arena.doubles(this.#factors, rows);
    const order = this.#arena.words(this.#order, rows);
    const { weights } = this.#train;
    factors.fill(this.#options.bootstrap ? 0 : 1);
    if (this.#options.bootstrap) for (let i = 0; i < rows; i++) factors[random.below(rows)]!++;
    let count = 0;
    for (let i = 0; i < rows; i++) if (factors[i]! > 0 && (weights === undefined || weights[i]! > 0)) order[count++] = i;
    return count;
  }

  /** Float32: the mean of the leaf less that of all, or the share of each class. */
  #values({ from, to }: Leaf, scales: Scales): number[] {
    const { kind, classes, unit } = this.#task;
    const { smoothing } = this.#options;
    if (classes === 0 || classes === 2) {
      this.#arena.run.leafSums(this.#order, from, to, this.#drawn, scales.leafG, scales.leafH, this.#out);
      const [sumG, sumH] = this.#arena.doubles(this.#out, 2) as unknown as readonly [number, number];
      const sum = -(sumG / scales.leafG);
      const weight = sumH / scales.leafH;
      if (kind === 'regression') return [Math.fround(weight > 0 ? (sum / weight) * unit : 0) + 0];
      const share = weight + smoothing > 0 ? (sum + smoothing * this.#shares[1]!) / (weight + smoothing) : this.#shares[1]!;
      return [Math.fround(1 - share), Math.fround(share)];
    }
    const counts = new Float64Array(classes);
    const order = this.#arena.words(this.#order, to);
    const drawn = this.#arena.doubles(this.#drawn, 2 * this.#rows.rows);
    let sum = 0;
    for (let i = from; i < to; i++) {
      // Whole numbers, as in the sums of other leaves: the same in any order.
      const weight = Math.round(drawn[2 * order[i]! + 1]! * scales.leafH);
      counts[this.#train.y[order[i]!]!]! += weight;
      sum += weight;
    }
    const own = smoothing * scales.leafH;
    return Array.from(counts, (count, k) => Math.fround(sum + own > 0 ? (count + own * this.#shares[k]!) / (sum + own) : this.#shares[k]!));
  }
}
