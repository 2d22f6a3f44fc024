/** @file One setting that a person may choose: of a learner, of a recipe. What its values may be, and the check of a value that somebody gave. */

import { Refusal } from './refusal';

export type SettingValue = number | string | boolean;

export interface Setting {
  readonly name: string;
  readonly default: SettingValue;
  /** For numbers: the allowed closed range. */
  readonly range?: readonly [number, number];
  readonly integer?: boolean;
  /** For strings: the allowed values. */
  readonly choices?: readonly string[];
}

/**
 * Every setting with its value, in the order of the settings: what was given, else the default. Numbers and yes or no may be given as text,
 * as a command line gives them.
 * @param of whose settings they are, for the sentence
 * @throws Refusal settingUnknown { of, name, known }
 * @throws Refusal settingNotANumber, settingNotWhole, settingNotAChoice, settingNotYesOrNo, settingNotText { of, name, value, … }
 * @throws Refusal settingOutOfRange { of, name, value, low, high }
 */
export function completeSettings(of: string, settings: readonly Setting[], given: Readonly<Record<string, SettingValue>>): Record<string, SettingValue> {
  for (const name of Object.keys(given)) {
    if (!settings.some((one) => one.name === name)) throw new Refusal('settingUnknown', { of, name, known: settings.map((one) => one.name).join(', ') });
  }
  return Object.fromEntries(settings.map((one) => [one.name, Object.hasOwn(given, one.name) ? allowed(of, one, given[one.name]!) : one.default]));
}

function allowed(of: string, one: Setting, value: SettingValue): SettingValue {
  const facts = { of, name: one.name, value: String(value) };
  if (typeof one.default === 'boolean') {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw new Refusal('settingNotYesOrNo', facts);
  }
  if (typeof one.default === 'string') {
    if (typeof value === 'boolean') throw new Refusal('settingNotText', facts);
    const text = String(value);
    if (one.choices && !one.choices.includes(text)) throw new Refusal('settingNotAChoice', { ...facts, choices: one.choices.join(', ') });
    return text;
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new Refusal('settingNotANumber', facts);
  if (one.range && (number < one.range[0] || number > one.range[1])) throw new Refusal('settingOutOfRange', { of, name: one.name, value: number, low: one.range[0], high: one.range[1] });
  if (one.integer && !Number.isInteger(number)) throw new Refusal('settingNotWhole', { of, name: one.name, value: number });
  return number;
}
