/** @file A line of the bench. */
import { expect, it } from 'vitest';
import { benchRow, benchRows, median } from '../../../../scripts/tools/benchRow.mjs';

it('the ratio is the median of the peer over the median of ours', () => {
  const measured = [2, 1, 30].map((ours, i) => ({ ours, peer: [8, 2, 6][i] ?? 0, unit: 's' }));
  expect(benchRow({ work: 'w', peer: 'p', target: 1 }, measured)).toEqual({ work: 'w', peer: 'p', ours: 2, peer_value: 6, unit: 's', ratio: 3, target: 1 });
});
it('a number without a peer has no ratio', () => {
  expect(benchRow({ work: 'w', peer: '', target: null }, [{ ours: 5, peer: null, unit: 'ms' }])).toMatchObject({ ours: 5, peer_value: null, ratio: null });
});
it('the median of an even count is the mean of the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
it('an entry may give several lines, each against a peer of its own', () => {
  const lines = (ours: number) => [
    { peer: 'a', target: 2, ours, peerValue: 10, unit: 'ms' },
    { work: 'other', peer: 'b', target: null, ours: 1, peerValue: null, unit: 'ms' },
  ];
  const rows = benchRows({ work: 'w', peer: '', target: null }, [lines(1), lines(5), lines(2)]);
  expect(rows).toEqual([
    { work: 'w', peer: 'a', ours: 2, peer_value: 10, unit: 'ms', ratio: 5, target: 2 },
    { work: 'other', peer: 'b', ours: 1, peer_value: null, unit: 'ms', ratio: null, target: null },
  ]);
  expect(benchRows({ work: 'w', peer: 'p', target: 1 }, [{ ours: 2, peer: 4, unit: 's' }])).toHaveLength(1);
});
