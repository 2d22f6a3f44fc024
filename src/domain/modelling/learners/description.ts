/** @file What the page knows of a learner without loading it: name, tasks, engines, hyper-parameters. */

import type { Engine, Learner, Plan } from '../learner';

/** The static part of a learner. */
export interface LearnerDescription extends Pick<Learner, 'name' | 'kinds' | 'engines' | 'hyperparameters' | 'takesMissing' | 'takesCategories'> {
  /** Checks what a range or a list of choices cannot say, and what an engine does not have. @throws Refusal */
  readonly check?: (hyperparameters: Plan['hyperparameters'], engine: Engine) => void;
}
