/** @file What a beginner's recipe leaves to choose, and the recipe that follows from the choices. The same settings in the interface and on the command line. */

import { completeSettings, type Setting, type SettingValue } from '../../setting';
import { datePartNames, type DatePartName } from './dateParts';
import type { RecipeEntry, RecipeSpec, StepSpec } from './recipeSpec';
import type { ColumnType } from '../table';

/** Plain JSON, by the names of `recipeSettings`: part of a recipe step's parameters. What is not named is as beginners have it. */
export type RecipeChoice = Readonly<Record<string, SettingValue>>;

const scalers = { standard: 'scaleStandard', robust: 'scaleRobust', quantile: 'scaleQuantile', none: null } as const;

/** Sets of parts that make sense together: a year that keeps growing is a value no training row had, and plain dates have no hour. */
const partSets: Readonly<Record<string, readonly DatePartName[]>> = {
  all: datePartNames,
  withoutYear: datePartNames.filter((part) => part !== 'year'),
  withoutHour: datePartNames.filter((part) => part !== 'hour'),
  yearAndMonth: ['year', 'month'],
};

const isNumber = (type: ColumnType): boolean => type === 'number' || type === 'integer';

/** The choices, in the order in which views list them. `apply` turns one step of the beginner's recipe into what was chosen. */
interface RecipeSetting extends Setting {
  apply(step: StepSpec, entry: RecipeEntry, value: SettingValue, all: RecipeChoice): readonly StepSpec[];
}

const changed = (step: StepSpec, params: StepSpec['params']): readonly StepSpec[] => [{ ...step, params: { ...step.params, ...params } }];
const scaler = (value: SettingValue): readonly StepSpec[] => {
  const transformer = scalers[value as keyof typeof scalers];
  return transformer === null ? [] : [{ transformer, params: {} }];
};

const choices: readonly RecipeSetting[] = [
  {
    name: 'scaling',
    default: 'standard',
    choices: Object.keys(scalers),
    apply: (step, _entry, value) => (step.transformer === 'scaleStandard' ? scaler(value) : [step]),
  },
  {
    name: 'coding',
    default: 'oneHot',
    // codes: for learners that take categories as such.
    choices: ['oneHot', 'ordinal', 'codes'],
    // Ordered numbers have a scale of their own, so they are scaled like any other.
    apply: (step, _entry, value, all) => {
      if (step.transformer !== 'oneHot' || value === 'oneHot') return [step];
      return value === 'codes' ? [{ transformer: 'codes', params: step.params }] : [{ transformer: 'ordinal', params: {} }, ...scaler(all.scaling!)];
    },
  },
  {
    name: 'fillNumbers',
    default: 'median',
    // keep: for learners that take what is missing.
    choices: ['median', 'mean', 'mostFrequent', 'zero', 'keep'],
    apply: (step, { type }, value) => {
      if (value === 'keep') return step.transformer === 'impute' && type !== 'category' ? [{ transformer: 'keepMissing', params: {} }] : [step];
      // The parts of a date have no zero: there the median stays.
      return step.transformer !== 'impute' || !(isNumber(type) || (type === 'date' && value !== 'zero')) ? [step] : changed(step, value === 'zero' ? { strategy: 'constant', constant: 0 } : { strategy: value });
    },
  },
  {
    name: 'missingIndicator',
    default: false,
    apply: (step, { type }, value) => {
      if (!isNumber(type)) return [step];
      if (step.transformer === 'keepMissing') return value === true ? changed(step, { indicator: true }) : [step];
      return step.transformer === 'impute' ? changed(step, { indicator: value }) : [step];
    },
  },
  {
    name: 'fillCategories',
    default: 'own',
    choices: ['own', 'mostFrequent'],
    apply: (step, { type }, value) => (step.transformer === 'impute' && type === 'category' && value === 'mostFrequent' ? [{ transformer: 'impute', params: { strategy: 'mostFrequent' } }] : [step]),
  },
  {
    name: 'rareBelow',
    default: 10,
    range: [0, 1_000_000],
    integer: true,
    apply: (step, _entry, value) => (step.transformer === 'groupRare' ? changed(step, { minCount: value }) : [step]),
  },
  {
    name: 'mostCategories',
    default: 100,
    range: [2, 1_000],
    integer: true,
    // The group of the others is one of them.
    apply: (step, _entry, value) =>
      step.transformer === 'groupRare' ? changed(step, { limit: Number(value) - 1 }) : step.transformer === 'oneHot' || step.transformer === 'codes' ? changed(step, { limit: value }) : [step],
  },
  {
    name: 'dateParts',
    default: 'all',
    choices: Object.keys(partSets),
    apply: (step, _entry, value) => (step.transformer === 'dateParts' ? changed(step, { parts: partSets[String(value)]! }) : [step]),
  },
];

/** What can be chosen, for a form and for the check of what was given. */
export const recipeSettings: readonly Setting[] = choices;

/** Every setting with its value. @throws Refusal as `completeSettings`, of `recipe` */
export const completeChoice = (given: RecipeChoice): RecipeChoice => completeSettings('recipe', recipeSettings, given);

/** Only what differs from what beginners have, or null: equal recipes are then asked for alike, and found again. @throws Refusal as `completeChoice` */
export function shortChoice(given: RecipeChoice | null): RecipeChoice | null {
  const differing = Object.entries(completeChoice(given ?? {})).filter(([name, value]) => recipeSettings.find((one) => one.name === name)!.default !== value);
  return differing.length === 0 ? null : Object.fromEntries(differing);
}

/** The recipe with every step as chosen; everything else stays. @throws Refusal as `completeChoice` */
export function chosenRecipe(spec: RecipeSpec, given: RecipeChoice): RecipeSpec {
  const all = completeChoice(given);
  const stepsOf = (entry: RecipeEntry): readonly StepSpec[] =>
    choices.reduce<readonly StepSpec[]>((steps, choice) => steps.flatMap((step) => choice.apply(step, entry, all[choice.name]!, all)), entry.steps);
  return { ...spec, entries: spec.entries.map((entry) => ({ ...entry, steps: stepsOf(entry) })) };
}
