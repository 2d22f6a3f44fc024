/** @file Models in the memory of a kernel: laid out once, also for calls side by side. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ofForm } from '../../../../src/domain/modelling/forms/learntModel';
import { forward } from '../../../../src/domain/modelling/forward';
import { startKernel } from '../../../../workers/kernels/kernel';
import { learnerNamed } from '../../../../workers/training/learners/registry';
import { nearestNative } from '../../../../workers/training/nearestNative';
import { learnt, oddRows } from './trees/treeRuns';

vi.mock('../../../../workers/kernels/kernel', async (original) => {
  const real = await original<typeof import('../../../../workers/kernels/kernel')>();
  return { ...real, startKernel: vi.fn(real.startKernel) };
});
const started = vi.mocked(startKernel);
beforeEach(() => void started.mockClear());

describe('a model that is asked block after block', () => {
  for (const name of ['boosting', 'forest', 'neighbours', 'dense']) {
    it(`is laid out once, and answers blocks side by side as one after the other: ${name}`, async () => {
      const rows = oddRows('classification', 3, 3000, 1);
      const x = rows.examples.x.map((value) => (Number.isNaN(value) ? 0 : value));
      const { model } = await learnt(name, { ...rows, examples: { ...rows.examples, x } }, { rounds: 5, trees: 5, epochs: 1, hidden: '8' });
      started.mockClear();
      const learner = learnerNamed(name);
      const block = 1000 * 6;
      const ask = (from: number): Promise<Float64Array> => learner.predict(model, 3, x.subarray(from * block, (from + 1) * block), 1000, 'native');
      const together = await Promise.all([0, 1, 2].map(ask));
      const inTurn = [await ask(0), await ask(1), await ask(2)];
      expect(together).toEqual(inTurn);
      expect(started.mock.calls.length).toBeLessThanOrEqual(1);
      const plain = forward(model, 3, x, 3000);
      for (const [at, answers] of inTurn.entries()) for (let i = 0; i < 3000; i += 7) expect(answers[i]).toBeCloseTo(plain[at * 3000 + i]!, 5);
    });
  }

  it('is another layout for another model', async () => {
    const rows = oddRows('regression', 0, 200, 1);
    const models = [await learnt('boosting', rows, { rounds: 2 }), await learnt('boosting', rows, { rounds: 3 })].map(({ model }) => ofForm(model, 'trees'));
    started.mockClear();
    for (const model of models) expect(await learnerNamed('boosting').predict(model, 0, rows.examples.x, 200, 'native')).toEqual(forward(model, 0, rows.examples.x, 200));
    expect(started).toHaveBeenCalledTimes(2);
  });
});

describe('the layout of many rows for the search of neighbours', () => {
  it('gives way, and the rows that are found stay the same', async () => {
    const [n, features] = [150_000, 20];
    const rows = Float32Array.from({ length: n * features }, (_, i) => ((i * 7919) % 10_007) / 10_007);
    let breaths = 0;
    const search = await nearestNative(rows, features, 1, () => void breaths++);
    expect(breaths).toBeGreaterThan(4);
    const asked = [0, 1, 74_999, 149_999];
    const queries = Float32Array.from(asked.flatMap((row) => Array.from(rows.subarray(row * features, (row + 1) * features))));
    const { squares } = await search.find(queries, asked.length, () => undefined);
    expect(Array.from(squares)).toEqual([0, 0, 0, 0]);
  });
});
