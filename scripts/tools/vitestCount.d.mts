/** @file Types of vitestCount.mjs, for the tests. */
type Report = {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly testResults?: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
};
export function vitestCount(report: Report | null, succeeded: boolean): { passed: number; failed: number; skipped: number };
