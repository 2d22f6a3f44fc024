/** @file Types of lifecycleTable.mjs, for the tests. */
export function lifecycleTable(report: object): string;
