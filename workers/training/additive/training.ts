/** @file Trains an explainable boosting machine: bags side by side, round by round; main effects first, then pairs of features. */

import type { Json } from '../../../src/domain/canonical';
import { log64 } from '../../../src/domain/exactMath';
import type { EpochReport, TrainingHooks, TrainingInput, TrainingOutcome } from '../../../src/domain/modelling/learner';
import { seeded } from '../../../src/domain/random';
import { Refusal } from '../../../src/domain/refusal';
import { breathing } from '../breath';
import { markOf, stateBytes, stateOf } from '../savedState';
import type { Arithmetic, Problem } from './arithmetic';
import { assembled, type PairTerm } from './assembled';
import { beginPhase, copied, untouched, type Bag, type BagProgress } from './bag';
import { drawBag, wholeBag, type BagRows } from './bags';
import { binnedRows, type BinnedRows } from './binnedRows';
import { boostRound, type Boosting, type TermColumn } from './boosting';
import { coarseFeature, mostCoarse, type CoarseFeature } from './coarseAxis';
import { foundPairs, mostSearched, type Candidate, type Pair } from './interactions';
import type { MainTerm } from './mainUpdate';

/** Newton's steps of a logit are cut here: a leaf of rows that are almost certain has hardly any curvature. */
const mostLogitStep = 5;
/** The least share of a class, so that its logit is a number. */
const leastShare = 1e-6;

/** @param directions one a feature: what its scores may do. @throws Refusal stoppedTooEarly */
export async function trainAdditive(
  input: TrainingInput,
  directions: Int8Array,
  hooks: TrainingHooks,
  start: (problem: Problem) => Promise<Arithmetic> | Arithmetic,
): Promise<TrainingOutcome> {
  const pause = breathing(hooks);
  const { hyperparameters: given } = input.plan;
  const limit = given['rounds'] as number;
  const binned = await binnedRows(input, given['max_bins'] as number, pause);
  const { problem, features } = binned;
  const arithmetic = await start(problem);
  const terms: TermColumn[] = features.map(({ column, cells, axis }, feature) => ({
    kind: 'main',
    column: arithmetic.addColumn(column, cells),
    cells,
    main: { cells, isNominal: axis.kind === 'category', monotone: directions[feature] as MainTerm['monotone'] },
  }));
  const rule = {
    outputs: problem.outputs,
    rate: given['learning_rate'] as number,
    maxLeaves: given['max_leaves'] as number,
    minLeaf: given['min_leaf'] as number,
    mostStep: problem.loss === 'squared' ? Infinity : mostLogitStep,
  };
  const boosting: Boosting = { arithmetic, rule, terms, patience: given['patience'] as number, pause };
  const bags = await drawnBags(input, binned, pause);
  const search = { directions, most: given['pairs'] as number };
  let pairs: PairTerm[] | undefined;
  /** Rounds before the first of the pairs. */
  let mainRounds = 0;
  let curve: EpochReport[] = [];

  const mark = markOf(input);
  const saved = stateOf(mark, input.checkpoint);
  if (saved) {
    const head = saved.head as unknown as Head;
    const arrays = saved.arrays as Float64Array[];
    curve = head.curve.slice();
    // The coarse bins of categories come from the main effects, so these are put back first.
    restore(bags, head, arrays, features.length);
    if (head.pairs) {
      pairs = await addPairs(boosting, binned, bags, coarseFeatures(binned, bags), head.pairs, terms);
      mainRounds = head.mainRounds;
    }
    restore(bags, head, arrays, terms.length);
  }

  let stopped = false;
  for (;;) {
    const round = curve.length;
    if (round >= limit) break;
    const isOver = bags.every(({ progress }) => progress.ended);
    if (isOver && (pairs !== undefined || search.most === 0)) break;
    if (hooks.stopped()) {
      if (round === 0) throw new Refusal('stoppedTooEarly');
      stopped = true;
      break;
    }
    if (isOver) {
      mainRounds = round;
      pairs = await beginPairs(boosting, binned, bags, terms, search, round);
      if (pairs.length === 0) break;
    }
    const before = bags.map(({ tables, best, progress }) => ({ tables: copied(tables), best, progress }));
    for (const [index, bag] of bags.entries()) {
      if (!bag.progress.ended) await boostRound(boosting, bag, pairs === undefined ? 0 : features.length, round + 1);
      // Rounds of many rows are long: a stop does not wait for the other bags.
      if (index + 1 === bags.length || !hooks.stopped()) continue;
      if (round === 0) throw new Refusal('stoppedTooEarly');
      bags.forEach((one, i) => Object.assign(one, before[i]));
      stopped = true;
      break;
    }
    if (stopped) break;
    const ranAway = bags.some(({ progress: { losses } }) => [losses.train, losses.heldBack, losses.validation].some((loss) => loss !== null && !Number.isFinite(loss)));
    if (ranAway) return { kind: 'diverged', epoch: round + 1 };
    const report = reportOf(bags, round + 1, limit);
    curve.push(report);
    hooks.onEpoch(report);
    if (hooks.checkpointDue()) {
      const head: Head = { curve, mainRounds, pairs: pairs?.map((pair) => pair.features) ?? null, bags: bags.map(({ progress }) => progress) };
      await hooks.checkpoint(stateBytes(mark, { head: head as unknown as Json, arrays: bags.flatMap(({ tables, best }) => [...tables, ...best]) }));
    }
    await pause();
  }
  // A stop in the first round of the pairs leaves none, as under the plan that ends before it.
  const learnt = curve.length > mainRounds ? (pairs ?? []) : [];
  const facts = { bags: bags.length, roundsKept: bags.map(({ progress }) => progress.bestRound), pairs: learnt.map((pair) => [...pair.features]) };
  const model = await assembled(binned, bags, learnt, facts, pause);
  const kept = stopped ? curve.map((point) => ({ ...point, epochs: curve.length })) : curve;
  return { kind: stopped ? 'stopped' : 'trained', model, curve: kept, backend: arithmetic.backend };
}

interface Head {
  readonly curve: readonly EpochReport[];
  readonly mainRounds: number;
  readonly pairs: readonly Pair[] | null;
  readonly bags: readonly BagProgress[];
}

/** Puts back the tables of the first `terms` terms; what is saved has all of them, of each bag the present ones and the best. */
function restore(bags: readonly Bag[], head: Head, arrays: readonly Float64Array[], terms: number): void {
  const each = arrays.length / bags.length;
  bags.forEach((bag, index) => {
    const own = arrays.slice(index * each, (index + 1) * each);
    bag.tables = copied(own.slice(0, terms));
    bag.best = copied(own.slice(each / 2, each / 2 + terms));
    bag.progress = head.bags[index]!;
  });
}

async function drawnBags({ classes, plan, train, validation }: TrainingInput, { problem, features }: BinnedRows, pause: Boosting['pause']): Promise<Bag[]> {
  const count = plan.hyperparameters['bags'] as number;
  const random = seeded(plan.seed);
  const bags: Bag[] = [];
  for (let index = 0; index < count; index++) {
    const rows = count === 1 ? wholeBag(train.rows, validation.rows) : drawBag(train.rows, validation.rows, classes > 0 ? train.y : undefined, classes, random);
    const counts: Float64Array[] = [];
    for (const { column, cells } of features) {
      counts.push(countsOf(column, cells, rows, problem.weights));
      await pause();
    }
    const tables = features.map(({ cells }) => new Float64Array(cells * problem.outputs));
    const totals = [weightOf(problem, rows.order, 0, rows.trained), weightOf(problem, rows.order, rows.trained, rows.heldBack), weightOf(problem, rows.order, rows.heldBack, rows.validated)] as const;
    bags.push({ rows, base: baseOf(problem, rows), totals, counts, tables, best: copied(tables), progress: untouched });
  }
  return bags;
}

function weightOf({ weights }: Problem, order: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += weights[order[i]!]!;
  return sum;
}

function countsOf(column: Uint8Array | Uint16Array, cells: number, { order, trained }: BagRows, weights: Float32Array): Float64Array {
  const counts = new Float64Array(cells);
  for (let i = 0; i < trained; i++) counts[column[order[i]!]!]! += weights[order[i]!]!;
  return counts;
}

/** What every logit begins with: the mean, or the (log-odds of the) class shares of the bag. */
function baseOf({ loss, outputs, targets, weights }: Problem, { order, trained }: BagRows): Float64Array {
  const sums = new Float64Array(outputs);
  let total = 0;
  for (let i = 0; i < trained; i++) {
    const row = order[i]!;
    total += weights[row]!;
    if (loss === 'softmax') sums[targets[row]!]! += weights[row]!;
    else sums[0]! += weights[row]! * targets[row]!;
  }
  if (total === 0) return sums;
  const shares = sums.map((sum) => sum / total);
  if (loss === 'squared') return shares;
  const cut = shares.map((share) => Math.min(1 - leastShare, Math.max(leastShare, share)));
  return loss === 'logistic' ? cut.map((share) => log64(share / (1 - share))) : cut.map(log64);
}

/** Mean losses over the bags. Without validation rows the rows kept back take their place, and without these the training rows. */
function reportOf(bags: readonly Bag[], epoch: number, epochs: number): EpochReport {
  let trainLoss = 0;
  let validationLoss = 0;
  for (const { progress } of bags) {
    const { train, heldBack, validation } = progress.ended ? progress.bestLosses : progress.losses;
    trainLoss += train / bags.length;
    validationLoss += (validation ?? heldBack ?? train) / bags.length;
  }
  return { epoch, epochs, trainLoss, validationLoss };
}

/** Every bag goes back to its best main effects; the pairs found become terms. */
async function beginPairs(boosting: Boosting, binned: BinnedRows, bags: readonly Bag[], terms: TermColumn[], { directions, most }: { readonly directions: Int8Array; readonly most: number }, round: number): Promise<PairTerm[]> {
  const { arithmetic } = boosting;
  const { features } = binned;
  for (const bag of bags) beginPhase(bag, round);
  const coarse = coarseFeatures(binned, bags);
  // A pair could bend what a constraint holds straight.
  const open = features.map((_, feature) => feature).filter((feature) => directions[feature] === 0 && coarse[feature]!.cells > 2);
  const importance = features.map((_, feature) => importanceOf(binned, bags, feature));
  const searched = open.sort((a, b) => importance[b]! - importance[a]! || a - b).slice(0, mostSearched).sort((a, b) => a - b);
  const candidates: Candidate[] = [];
  for (const feature of searched) {
    const { cells } = coarse[feature]!;
    candidates.push({ feature, cells, column: arithmetic.addColumn(coarseColumn(features[feature]!.column, coarse[feature]!), cells) });
    await boosting.pause();
  }
  const found = await foundPairs(boosting, bags, candidates, most);
  const pairs = await addPairs(boosting, binned, bags, coarse, found, terms);
  for (const bag of bags) {
    for (const { counts } of pairs) {
      bag.tables.push(new Float64Array(counts.length * boosting.rule.outputs));
      bag.best.push(new Float64Array(counts.length * boosting.rule.outputs));
    }
  }
  return pairs;
}

/** The terms of pairs, their columns in the arithmetic, and their weights in the bags. */
async function addPairs(boosting: Boosting, { features, problem, trainingRows }: BinnedRows, bags: readonly Bag[], coarse: readonly CoarseFeature[], found: readonly Pair[], terms: TermColumn[]): Promise<PairTerm[]> {
  delete boosting.selected;
  const pairs: PairTerm[] = [];
  for (const [a, b] of found) {
    const first = coarse[a]!;
    const second = coarse[b]!;
    const cells = first.cells * second.cells;
    const column = pairColumn(features[a]!.column, features[b]!.column, first, second);
    const counts = new Float64Array(cells);
    for (let row = 0; row < trainingRows; row++) counts[column[row]!]! += problem.weights[row]!;
    terms.push({ kind: 'pair', column: boosting.arithmetic.addColumn(column, cells), cells, features: [a, b], first: first.cells, second: second.cells });
    pairs.push({ features: [a, b], axes: [first, second], counts });
    for (const bag of bags) {
      bag.counts.push(countsOf(column, cells, bag.rows, problem.weights));
      await boosting.pause();
    }
  }
  return pairs;
}

function coarseColumn(column: Uint8Array, { map }: CoarseFeature): Uint8Array {
  const coarse = new Uint8Array(column.length);
  for (let row = 0; row < column.length; row++) coarse[row] = map[column[row]!]!;
  return coarse;
}

function pairColumn(first: Uint8Array, second: Uint8Array, a: CoarseFeature, b: CoarseFeature): Uint16Array {
  const column = new Uint16Array(first.length);
  for (let row = 0; row < column.length; row++) column[row] = a.map[first[row]!]! * b.cells + b.map[second[row]!]!;
  return column;
}

/** Categories are sorted by the mean of the bags' main effects, of the output that they matter most to. */
function coarseFeatures({ features, trainingRows, problem: { outputs } }: BinnedRows, bags: readonly Bag[]): CoarseFeature[] {
  return features.map((feature, t) => {
    const means = Array.from({ length: outputs }, (_, k) => {
      const scores = new Float64Array(feature.cells);
      for (const { best } of bags) for (let cell = 0; cell < feature.cells; cell++) scores[cell]! += best[t]![cell * outputs + k]!;
      return scores;
    });
    const spread = (scores: Float64Array): number => scores.reduce((sum, score, cell) => sum + feature.counts[cell]! * score * score, 0);
    return coarseFeature(feature, means.reduce((most, scores) => (spread(scores) > spread(most) ? scores : most)), mostCoarse(trainingRows));
  });
}

/** Weighted mean size of the main effect. */
function importanceOf({ features, problem: { outputs } }: BinnedRows, bags: readonly Bag[], t: number): number {
  let sum = 0;
  for (const { best } of bags) for (let cell = 0; cell < features[t]!.cells; cell++) for (let k = 0; k < outputs; k++) sum += features[t]!.counts[cell]! * Math.abs(best[t]![cell * outputs + k]!);
  return sum;
}
