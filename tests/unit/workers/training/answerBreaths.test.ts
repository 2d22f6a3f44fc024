/** @file Answers for many rows: messages are handled in between. */
import { expect, it, vi } from 'vitest';
import { forward } from '../../../../src/domain/modelling/forward';
import { breathe } from '../../../../workers/steps/breathe';
import { learnerNamed } from '../../../../workers/training/learners/registry';
import { learnt, oddRows } from './trees/treeRuns';

vi.mock('../../../../workers/steps/breathe', () => ({ breathe: vi.fn(async () => undefined) }));

it.each(['boosting', 'forest', 'dense', 'neighbours'])('%s gives way between the blocks of a long answer, and in the layout', async (name) => {
  const rows = oddRows('classification', 2, 300, 1);
  const x = rows.examples.x.map((value) => (Number.isNaN(value) ? 0 : value));
  const { model } = await learnt(name, { ...rows, examples: { ...rows.examples, x } }, { rounds: 3, trees: 3, epochs: 1, hidden: '8', k: 1 });
  const many = new Float32Array(200 * x.length);
  for (let i = 0; i < 200; i++) many.set(x, i * x.length);
  // Each look at the clock finds that a second has passed.
  let time = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (time += 1_000));
  try {
    vi.mocked(breathe).mockClear();
    const answers = await learnerNamed(name).predict(model, 2, many, 60_000, 'native');
    expect(vi.mocked(breathe).mock.calls.length).toBeGreaterThan(3);
    const once = forward(model, 2, x, 300);
    for (const at of [0, 599, 60_000, 119_999]) expect(answers[at]).toBeCloseTo(once[at % 600]!, 4);
  } finally {
    clock.mockRestore();
  }
});
