import { describe, expect, it } from 'vitest';
import { LiveCurves } from '../../../src/state/liveCurves.svelte';

const report = (done: number, trainLoss: number, validationLoss = trainLoss + 0.1) => ({
  phase: 'training',
  done,
  of: 10,
  facts: { trainLoss, validationLoss },
});

describe('live curves', () => {
  it('keep the points of each job apart, in order', () => {
    const curves = new LiveCurves();
    curves.add(1, report(1, 0.7));
    curves.add(2, report(1, 0.5));
    curves.add(1, report(3, 0.6));
    expect(curves.of(1).map(({ epoch, trainLoss }) => [epoch, trainLoss])).toEqual([
      [1, 0.7],
      [3, 0.6],
    ]);
    expect(curves.of(2)).toHaveLength(1);
  });

  it('add nothing for an epoch that was told, or a report without losses', () => {
    const curves = new LiveCurves();
    curves.add(1, report(2, 0.7));
    curves.add(1, report(2, 0.6));
    curves.add(1, { phase: 'preparing', done: 5, of: null, facts: {} });
    expect(curves.of(1)).toEqual([{ epoch: 2, trainLoss: 0.7, validationLoss: 0.7 + 0.1 }]);
  });

  it('are gone once forgotten', () => {
    const curves = new LiveCurves();
    curves.add(1, report(1, 0.7));
    curves.forget(1);
    expect(curves.of(1)).toEqual([]);
  });
});
