/** @file The short table of `lifecycle`. */
import { expect, it } from 'vitest';
import { lifecycleTable } from '../../../../scripts/tools/lifecycleTable.mjs';

it('the table names the champion, the gate and the drift, and leaves out what is absent', () => {
  const lines = lifecycleTable({
    data: { rows: 10, columns: [{}, {}], quarantined: 1, version: 'abcdef0123456789' },
    runs: [
      { learner: 'linear', metrics: { roc_auc: { value: 0.87654, low: 0.8, high: 0.9, n: 5 } } },
      { learner: 'baseline', metrics: {} },
    ],
    champion: { learner: 'linear' },
    gate: [{ criterion: 'roc_auc>=0.9', value: 0.87654, low: 0.8, high: 0.9, passed: false }],
    drift: { columns: [{ drifted: true }, { drifted: false }] },
  }).split('\n');
  expect(lines).toEqual([
    'data      10 rows, 2 columns, 1 quarantined, version abcdef012345',
    'champion  linear: roc_auc 0.8765 [0.8, 0.9]',
    'run       baseline: ',
    'gate      FAILED  roc_auc>=0.9: 0.8765 [0.8, 0.9]',
    'drift     1 of 2 columns drifted',
  ]);
});
