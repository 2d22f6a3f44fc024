/** @file What the page knows of a learner without loading it: name, tasks, engines, hyper-parameters. */

import type { RecipeChoice } from '../../data/recipe/recipeChoice';
import type { FittedRecipe } from '../../data/recipe/recipeSpec';
import { Refusal } from '../../refusal';
import type { Cost, TrainingSize } from '../cost';
import type { Engine, Learner, Plan } from '../learner';

/** The static part of a learner. */
export interface LearnerDescription extends Pick<Learner, 'name' | 'kinds' | 'engines' | 'hyperparameters' | 'takesMissing' | 'takesCategories'> {
  /** Trained by the one button for all, and by the headless command, where nothing else is asked. */
  readonly usual: boolean;
  /** How rows are best prepared for it; absent means as beginners have it. What a person chooses goes before. */
  readonly preparation?: RecipeChoice;
  /** What a training costs. */
  cost(hyperparameters: Plan['hyperparameters'], size: TrainingSize): Cost;
  /** The name of a setting whose value an engine does not support; null where it supports them all. Absent: every engine supports everything. */
  lacks?(engine: Engine, hyperparameters: Plan['hyperparameters']): string | null;
  /** Checks what a range or a list of choices cannot say. @throws Refusal */
  readonly check?: (hyperparameters: Plan['hyperparameters']) => void;
}

/**
 * Refuses features that a learner cannot take, before anything is read.
 * @throws Refusal learnerNeedsFilled { learner, column }, learnerNeedsCoding { learner, column }
 */
export function demandFits({ name, takesMissing, takesCategories }: Pick<LearnerDescription, 'name' | 'takesMissing' | 'takesCategories'>, { features }: FittedRecipe): void {
  const coded = takesCategories ? undefined : features.find(({ categories }) => categories !== undefined);
  if (coded) throw new Refusal('learnerNeedsCoding', { learner: name, column: coded.column });
  const kept = takesMissing ? undefined : features.find(({ mayMiss, categories }) => mayMiss && categories === undefined);
  if (kept) throw new Refusal('learnerNeedsFilled', { learner: name, column: kept.column });
}
