/** @file Which builds' files are kept: the one in force and the one before it, so that tabs still open can load their late pieces. */

/** Build ids. */
export type Generations = { readonly active: string; readonly previous: string | null };

/** The generations after `build` takes over. Taking over again changes nothing. */
export function succeeded(known: Generations | null, build: string): Generations {
  if (known?.active === build) return known;
  return { active: build, previous: known?.active ?? null };
}

/** The stores that no kept build needs. */
export function outdated(stores: readonly string[], kept: Generations, storeOf: (build: string) => string): string[] {
  const needed = [kept.active, kept.previous].filter((build): build is string => build !== null).map(storeOf);
  const prefix = storeOf('');
  return stores.filter((name) => name.startsWith(prefix) && !needed.includes(name));
}
