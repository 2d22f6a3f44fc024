/** @file One fold of a cross-validation: learns from its rows, by a recipe fitted to them alone, and scores the rows it has not seen. Reads no store: what it needs is handed to it. */

import { balancedWeights, examplesOf, meaningsOf } from '../steps/examples';
import type { PartWork } from '../steps/parts';
import { knownLearner } from './ops/train';
import { latestTenth, tenthByKey, type Fold } from '../../src/domain/data/folds';
import { applyRecipe, fitRecipe } from '../../src/domain/data/recipe/recipe';
import type { RecipeSpec } from '../../src/domain/data/recipe/recipeSpec';
import { rowsAt } from '../../src/domain/data/rowsAt';
import type { Table } from '../../src/domain/data/table';
import type { Plan } from '../../src/domain/modelling/learner';
import { demandFits } from '../../src/domain/modelling/learners/description';

/** By what rows are held out once more, for early stopping: it may not look at the rows of the fold, so that some of the others decide. */
export type Deciding =
  | { readonly by: 'time'; readonly times: Float64Array; /** Keys of their groups; null where rows have none. */ readonly groups: Uint8Array | null }
  | { readonly by: 'key'; readonly keys: Uint8Array; readonly strata: Int32Array; readonly seed: number };

export interface FoldsShared {
  readonly kind: 'classification' | 'regression';
  /** Number of classes; 0 for regression. */
  readonly classes: number;
  readonly plan: Plan;
  readonly balanced: boolean;
  readonly spec: RecipeSpec;
  /** All rows of the columns that the recipe reads. */
  readonly inputs: Table;
  /** The class, or the value, of every row of the table. */
  readonly truth: Float64Array;
  readonly folds: readonly Fold[];
  readonly deciding: Deciding;
}

export type FoldAnswer =
  /** The fold's held-out rows × K probabilities, or values: row-major. */
  { readonly kind: 'scored'; readonly scores: Float64Array } | { readonly kind: 'diverged'; readonly epoch: number };

const heldOutOnce = (deciding: Deciding, rows: Uint32Array): Fold =>
  deciding.by === 'time' ? latestTenth(deciding.times, rows, deciding.groups ?? undefined) : tenthByKey(deciding.keys, rows, deciding.strata, deciding.seed);

export const fold: PartWork<FoldsShared, FoldAnswer> = {
  name: 'fold',
  begin: (shared) => async (part, hooks) => {
    const { kind, classes, plan, balanced, spec, inputs, truth } = shared;
    const learner = knownLearner(plan);
    const { learning: rest, held } = shared.folds[part]!;
    await hooks.breathe();
    const { learning, held: deciding } = heldOutOnce(shared.deciding, rest);
    const mask = new Uint8Array(inputs.rows);
    for (const row of learning) mask[row] = 1;
    const fitted = fitRecipe(spec, inputs, mask);
    demandFits(learner, fitted);
    const weights = balanced && classes > 0 ? balancedWeights(truth, learning, classes) : null;
    // Rows of classes that are not learnt have no weight, and decide nothing.
    const decides = deciding.some((row) => weights === null || weights[truth[row]!]! > 0);
    const outcome = await learner.train(
      {
        kind,
        classes,
        train: examplesOf(inputs, truth, learning, fitted, weights),
        validation: examplesOf(inputs, truth, decides ? deciding : learning, fitted, weights),
        plan,
        meanings: meaningsOf(fitted),
      },
      {
        onEpoch: ({ epoch, epochs }) => hooks.share(epoch / (epochs + 1)),
        // Half of a fold is of no use: a stop ends the step, at the next breath.
        stopped: () => false,
        breathe: hooks.breathe,
        checkpointDue: () => false,
        checkpoint: () => Promise.resolve(),
      },
    );
    if (outcome.kind === 'diverged') return outcome;
    return { kind: 'scored', scores: await learner.predict(outcome.model, classes, applyRecipe(fitted, rowsAt(inputs, held)).x, held.length, plan.engine) };
  },
  ends: ({ kind }) => kind === 'diverged',
};
