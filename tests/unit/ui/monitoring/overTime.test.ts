import { describe, expect, it } from 'vitest';
import { linesOverTime } from '../../../../src/ui/monitoring/overTime';
import type { WatchReading } from '../../../../src/state/watchReading';

const reading = (number: number, rmse: number | null): WatchReading =>
  ({
    watch: { number, name: `batch ${number}` },
    performance:
      rmse === null
        ? null
        : { task: { kind: 'regression', target: 'y' }, metrics: [{ name: 'rmse', estimate: { value: rmse, low: rmse - 1, high: null, n: 10, method: '' } }] },
  }) as unknown as WatchReading;

describe('linesOverTime', () => {
  it('follows the promised metric over the labelled batches, with the promise', () => {
    const [line] = linesOverTime([reading(1, 5), reading(2, null), reading(3, 7)], [{ metric: 'rmse', slice: [], direction: '<=', target: 6, why: '' }]);
    expect(line!.x).toEqual([1, 3]);
    expect(line!.y).toEqual([5, 7]);
    expect(line!.promise).toEqual({ value: 6, text: 'promised: at most 6' });
    expect(line!.high.every(Number.isNaN)).toBe(true);
  });
  it('follows the deciding metric where nothing was promised', () => {
    expect(linesOverTime([reading(1, 5)], []).map(({ metric, promise }) => [metric, promise])).toEqual([['rmse', undefined]]);
  });
  it('is empty without labels', () => {
    expect(linesOverTime([reading(1, null)], [])).toEqual([]);
  });
});
