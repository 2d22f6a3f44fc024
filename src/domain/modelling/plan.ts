/** @file Completes a plan: fills in defaults and refuses what a learner cannot work with, before anything starts. */

import { Refusal } from '../refusal';
import type { Engine, Hyperparameter, Plan } from './learner';
import type { LearnerDescription } from './learners/description';

/**
 * The whole plan of a training: every hyper-parameter has a value, in the order of the specifications.
 * Numbers may be given as text, as a command line gives them.
 * @param check the learner's own check of what a range cannot say, such as the hidden widths.
 * @throws Refusal seedOutOfRange { seed, low, high }
 * @throws Refusal hyperparameterUnknown { learner, name, known }
 * @throws Refusal hyperparameterNotANumber, hyperparameterNotWhole, hyperparameterNotAChoice, hyperparameterNotYesOrNo, hyperparameterNotText { learner, name, value, … }
 * @throws Refusal hyperparameterOutOfRange { learner, name, value, low, high }
 */
export function completePlan(
  name: string,
  given: Plan['hyperparameters'],
  seed: number,
  engine: Engine,
  specifications: readonly Hyperparameter[],
  check?: LearnerDescription['check'],
): Plan {
  const most = Number.MAX_SAFE_INTEGER;
  if (!Number.isSafeInteger(seed) || seed < 1 || seed > most) throw new Refusal('seedOutOfRange', { seed: String(seed), low: 1, high: most });
  for (const key of Object.keys(given)) {
    if (!specifications.some((one) => one.name === key)) {
      throw new Refusal('hyperparameterUnknown', { learner: name, name: key, known: specifications.map((one) => one.name).join(', ') });
    }
  }
  const hyperparameters = Object.fromEntries(
    specifications.map((one) => [one.name, Object.hasOwn(given, one.name) ? allowed(name, one, given[one.name]!) : one.default]),
  );
  check?.(hyperparameters);
  return { learner: name, hyperparameters, seed, engine };
}

function allowed(learner: string, one: Hyperparameter, value: number | string | boolean): number | string | boolean {
  const facts = { learner, name: one.name, value: String(value) };
  if (typeof one.default === 'boolean') {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw new Refusal('hyperparameterNotYesOrNo', facts);
  }
  if (typeof one.default === 'string') {
    if (typeof value === 'boolean') throw new Refusal('hyperparameterNotText', facts);
    const text = String(value);
    if (one.choices && !one.choices.includes(text)) throw new Refusal('hyperparameterNotAChoice', { ...facts, choices: one.choices.join(', ') });
    return text;
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new Refusal('hyperparameterNotANumber', facts);
  if (one.range && (number < one.range[0] || number > one.range[1])) {
    throw new Refusal('hyperparameterOutOfRange', { learner, name: one.name, value: number, low: one.range[0], high: one.range[1] });
  }
  if (one.integer && !Number.isInteger(number)) throw new Refusal('hyperparameterNotWhole', { learner, name: one.name, value: number });
  return number;
}
