/** @file A run in the making: what is chosen for it so far, what is wrong with that, and what it would cost. The form shows it; nothing is trained or kept here. */

import { engineFor, ownEngine, type ChosenEngine } from './engine';
import { forecastOf, type Forecast } from './forecast';
import { Problem } from './problem';
import { planOf, preparationOf, usualPreparation, type TrainingChoice } from './training';
import { completeChoice, recipeSettings, type RecipeChoice } from '../domain/data/recipe/recipeChoice';
import type { TrainingSize } from '../domain/modelling/cost';
import type { Engine, Plan } from '../domain/modelling/learner';
import { describedLearner } from '../domain/modelling/learners/registry';
import type { LearnerDescription } from '../domain/modelling/learners/description';
import type { RefusalValue } from '../domain/refusal';
import type { Setting, SettingValue } from '../domain/setting';

/** Null: the field is empty or no number. */
export type FormValue = SettingValue | null;
/** Names of settings are ours, from the registry: they may be keys. */
type Values = Readonly<Record<string, FormValue>>;

/** What is wrong with one field: nothing was given, or what the training would refuse. */
export type FieldProblem = 'empty' | RefusalValue | undefined;

export class NewRun {
  #learner = $state('dense');
  #given = $state.raw<Values>({});
  /** What was chosen of the recipe; the rest is as the learner has it. */
  #prepared = $state.raw<Values>({});
  seed = $state<number | null>(1);
  balanced = $state(false);
  engine = $state<Engine | 'auto'>('auto');
  /** How the engines did when they were last asked. */
  measured = $state.raw<ChosenEngine | null>(null);
  measuring = $state(false);

  readonly described: LearnerDescription = $derived(describedLearner(this.#learner)!);
  readonly #usual: RecipeChoice = $derived(completeChoice(usualPreparation(this.#learner)));
  /** The recipe's settings with their values. */
  readonly prepared: Values = $derived({ ...this.#usual, ...this.#prepared });
  readonly problems: readonly FieldProblem[] = $derived(
    // One by one: a problem then stands at its field.
    this.described.hyperparameters.map((one) => this.#problemWith(this.valueOf(one), (value) => this.#plan({ [one.name]: value }))),
  );
  readonly recipeProblems: readonly FieldProblem[] = $derived(
    recipeSettings.map(({ name }) => this.#problemWith(this.prepared[name] ?? null, (value) => preparationOf({ learner: this.#learner, preparation: { [name]: value } }))),
  );
  readonly seedProblem: FieldProblem = $derived(this.#problemWith(this.seed, (seed) => this.#plan({}, Number(seed))));
  /** How many fields have a problem. */
  readonly wrong: number = $derived([...this.problems, ...this.recipeProblems, this.seedProblem].filter((one) => one !== undefined).length);
  /** Our kernels and their twins are one choice: there is something to choose where tfjs can train it, too. */
  readonly choosesEngine: boolean = $derived(this.described.engines.some((name) => name !== 'native' && name !== 'plain'));
  readonly isChanged: boolean = $derived(
    this.described.hyperparameters.some((one) => this.valueOf(one) !== one.default) || Object.keys(this.#prepared).some((name) => this.#prepared[name] !== this.#usual[name]),
  );

  get learner(): string {
    return this.#learner;
  }
  /** Another learner begins with its own settings. */
  set learner(name: string) {
    this.#learner = name;
    this.#given = this.#prepared = {};
    this.engine = 'auto';
    this.measured = null;
  }

  valueOf({ name, default: usual }: Setting): FormValue {
    return Object.hasOwn(this.#given, name) ? this.#given[name]! : usual;
  }

  set(name: string, value: FormValue): void {
    this.#given = { ...this.#given, [name]: value };
  }

  prepare(name: string, value: FormValue): void {
    this.#prepared = { ...this.#prepared, [name]: value };
  }

  /** What it would cost; null while something is wrong. */
  forecast(size: TrainingSize | undefined): Forecast | null {
    if (size === undefined || this.wrong > 0) return null;
    return forecastOf({ learner: this.#learner, hyperparameters: this.#hyperparameters }, this.engine === 'auto' ? (this.measured?.engine ?? null) : this.engine, size);
  }

  /** Asks the engines of this device. @throws Problem */
  async measure(size: TrainingSize): Promise<void> {
    this.measuring = true;
    try {
      this.measured = await engineFor('auto', this.#plan(this.#hyperparameters, this.seed ?? 1), size, this.prepared['coding'] === 'codes', true);
    } finally {
      this.measuring = false;
    }
  }

  /** What is to be trained. To be asked while nothing is wrong. @param kind of the task: the values of a regression have no classes to weigh */
  choice(kind: 'classification' | 'regression' | null): TrainingChoice {
    return {
      learner: this.#learner,
      hyperparameters: this.#hyperparameters,
      seed: this.seed!,
      engine: this.engine,
      balanced: this.balanced && kind !== 'regression',
      preparation: this.prepared as RecipeChoice,
      chosen: (found) => {
        this.measured = found;
      },
    };
  }

  get #hyperparameters(): Plan['hyperparameters'] {
    return Object.fromEntries(this.described.hyperparameters.map((one) => [one.name, this.valueOf(one)!]));
  }

  #plan(hyperparameters: Plan['hyperparameters'], seed = 1): Plan {
    return planOf({ learner: this.#learner, hyperparameters, seed, engine: ownEngine() });
  }

  /** What is wrong with a value, told by the same check that the training makes. */
  #problemWith(value: FormValue, check: (value: SettingValue) => unknown): FieldProblem {
    if (value === null) return 'empty';
    try {
      check(value);
      return undefined;
    } catch (error) {
      if (error instanceof Problem) return error.refusal;
      throw error;
    }
  }
}
