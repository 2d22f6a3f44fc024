import { expect, it } from 'vitest';
import { workersAllowed, workerShares } from '../../../src/domain/workersAllowed';

it.each([
  [1, 1, 1, 1],
  [2, 2, 1, 1],
  [3, 3, 1, 1],
  [4, 3, 1, 1],
  [8, 7, 3, 1],
  [16, 15, 7, 1],
])('of %i cores all are %i workers, half %i, one %i', (cores, ...allowed) => {
  expect(workerShares.map((share) => workersAllowed(cores, share))).toEqual(allowed);
});

it.each([0, -2, NaN, Infinity, 0.4])('a device that tells of %d cores has one', (cores) => {
  expect(workerShares.map((share) => workersAllowed(cores, share))).toEqual([1, 1, 1]);
});
