/** @file Counting test runs. */
import { expect, it } from 'vitest';
import { vitestCount } from '../../../../scripts/tools/vitestCount.mjs';

it('a run counts its tests', () => {
  expect(vitestCount({ numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, testResults: [] }, false)).toEqual({ passed: 4, failed: 1, skipped: 2 });
});
it('a file that cannot be loaded counts as a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{}] },
  ];
  expect(vitestCount({ numPassedTests: 1, numFailedTests: 0, testResults }, false)).toMatchObject({ passed: 1, failed: 1 });
});
it('a runner that crashed, left no report or ran nothing counts as a failure', () => {
  expect(vitestCount(null, true).failed).toBe(1);
  expect(vitestCount({ numPassedTests: 3, numFailedTests: 0 }, false)).toMatchObject({ passed: 3, failed: 1 });
  expect(vitestCount({ numPassedTests: 0, numFailedTests: 0 }, true).failed).toBe(1);
});
