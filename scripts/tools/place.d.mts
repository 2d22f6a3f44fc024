/** @file Types of place.mjs, for the tests. */
export const root: string;
export function callersFolder(facts?: { cwd: string; initCwd: string | undefined; packageRoot: string }): string;
