/** @file Counts a vitest run from its JSON report. A run that broke counts as a failure even if no test did. */

/**
 * @param {{numPassedTests?: number, numFailedTests?: number, numPendingTests?: number, testResults?: {status: string, assertionResults: unknown[]}[]} | null} report
 * @param {boolean} succeeded  whether the process ended with 0
 * @returns {{passed: number, failed: number, skipped: number}}
 */
export function vitestCount(report, succeeded) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A file that cannot be loaded has no assertions to fail.
  const broken = (report.testResults ?? []).filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const passed = report.numPassedTests ?? 0;
  const failed = (report.numFailedTests ?? 0) + broken;
  return { passed, failed: failed === 0 && (!succeeded || passed === 0) ? 1 : failed, skipped: report.numPendingTests ?? 0 };
}
