/** @file What differs between the settings of several runs, and nothing else. */

/** A named value of a run. Names are data. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** One setting of all runs; null where a run has no such setting. */
export interface SettingDifference {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** The settings that are not the same in all runs, in the order in which they are first met. */
export function settingDifferences(runs: readonly (readonly Setting[])[]): SettingDifference[] {
  const names = [...new Set(runs.flatMap((settings) => settings.map(({ name }) => name)))];
  return names
    .map((name) => ({ name, values: runs.map((settings) => settings.find((setting) => setting.name === name)?.value ?? null) }))
    .filter(({ values }) => values.some((value) => value !== values[0]));
}
