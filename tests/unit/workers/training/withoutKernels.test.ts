/** @file Models that kernels learnt, in a browser that runs none: their twins answer. */
import { describe, expect, it, vi } from 'vitest';
import { kernelsRun } from '../../../../src/domain/modelling/kernelsRun';
import { forward } from '../../../../src/domain/modelling/forward';
import type { LearntModel } from '../../../../src/domain/modelling/forms/learntModel';
import { learnerDescriptions } from '../../../../src/domain/modelling/learners/registry';
import { learnerNamed } from '../../../../workers/training/learners/registry';
import { learnt, noRows, oddRows, planFor, quiet } from './trees/treeRuns';

vi.mock('../../../../src/domain/modelling/kernelsRun', () => ({ kernelsRun: vi.fn(() => true) }));
const simd = vi.mocked(kernelsRun);

const given = { rounds: 5, trees: 5, epochs: 2, hidden: '8,4', bags: 1, pairs: 1, max_depth: 3 };
const native = learnerDescriptions.filter(({ engines }) => engines.includes('native'));

/** A model by the kernel, learnt where it runs. */
async function modelOf(name: string, rows: ReturnType<typeof oddRows>): Promise<LearntModel> {
  simd.mockReturnValue(true);
  return (await learnt(name, rows, given)).model;
}

describe('where no kernel runs', () => {
  for (const { name, kinds, takesMissing } of native) {
    for (const classes of [0, 3].filter((one) => kinds.includes(one === 0 ? 'regression' : 'classification'))) {
      it(`a model of ${name} that the kernel learnt answers as its twin does: ${classes} classes`, async () => {
        const rows = oddRows(classes === 0 ? 'regression' : 'classification', classes, 200, 1);
        const whole = { ...rows, examples: { ...rows.examples, x: rows.examples.x.map((value) => (takesMissing || !Number.isNaN(value) ? value : 0)) } };
        const model = await modelOf(name, whole);
        const { x } = whole.examples;
        simd.mockReturnValue(false);
        const answers = await learnerNamed(name).predict(model, classes, x, 200, 'native');
        expect(answers).toEqual(await learnerNamed(name).predict(model, classes, x, 200, 'plain'));
        const plain = forward(model, classes, x, 200);
        // Dense networks answer in float32, here from numbers in the thousands.
        expect(answers.reduce((most, value, i) => Math.max(most, Math.abs(value - plain[i]!)), 0)).toBeLessThan(name === 'dense' ? 1e-3 : 1e-9);
      });
    }
  }

  it('training by a kernel is still refused', async () => {
    const { kind, classes, examples, meanings } = oddRows('classification', 2, 50, 1);
    simd.mockReturnValue(false);
    const input = { kind, classes, train: examples, validation: noRows(), plan: planFor('forest', given), meanings };
    await expect(learnerNamed('forest').train(input, quiet)).rejects.toMatchObject({ code: 'engineUnavailable' });
  });
});
