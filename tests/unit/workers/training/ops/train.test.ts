import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelBody } from '../../../../../src/domain/modelling/modelManifest';
import type { Plan } from '../../../../../src/domain/modelling/learner';
import { seeded } from '../../../../../src/domain/random';
import type { Hash } from '../../../../../src/domain/pipeline/digest';
import type { PerformOp } from '../../../../../workers/steps/op';
import { stoppedPlan, type TrainParams } from '../../../../../workers/training/ops/train';
import { planOf, splitParams, stepBench, type StepBench } from '../../stepBench';

const epochsSeen = (told: { phase: string; done: number }): number => (told.phase === 'training' ? told.done : 0);

/** Presses stop once so many epochs are over, and the learner has asked so often since. Each question of `stopped` is one. */
const stopAfter =
  (epochs: number, questions: number) =>
  (op: PerformOp): PerformOp =>
  (context) => {
    let over = 0;
    let asked = 0;
    return op({
      ...context,
      progress: (report) => {
        over = Math.max(over, epochsSeen(report));
        context.progress(report);
      },
      stopped: () => over >= epochs && asked++ >= questions,
    });
  };

let bench: StepBench;
let classes: { table: Hash; split: Hash; recipe: Hash };
let values: { table: Hash; split: Hash; recipe: Hash };

beforeAll(async () => {
  bench = await stepBench();
  const random = seeded(2);
  const lines = ['a,b,label,value'];
  for (let row = 0; row < 240; row++) {
    const [a, b] = [random.normal(), random.normal()];
    lines.push([a.toFixed(4), b.toFixed(4), a - b + 0.8 * random.normal() > 0 ? 'yes' : 'no', (3 * a + b + random.normal()).toFixed(4)].join(','));
  }
  const made = async (target: string, other: string, asked: 'classification' | 'regression') => {
    const table = await bench.table(`${lines.join('\n')}\n`, target);
    const split = (await bench.record('split', splitParams(target, asked), { table })).output;
    return { table, split, recipe: (await bench.record('recipe', { target, exclude: [other], spec: null }, { table, split })).output };
  };
  classes = await made('label', 'value', 'classification');
  values = await made('value', 'label', 'regression');
});

const dense = (more: Plan['hyperparameters'] = {}): Plan => planOf('dense', { hidden: '6', epochs: 12, batch_size: 16, dropout: 0.2, learning_rate: 0.02, ...more });

describe('a training that is stopped', () => {
  it.each([
    ['at the end of an epoch', dense(), 4, 0, 4],
    ['in the middle of an epoch, which is forgotten', dense(), 4, 5, 4],
    ['in the last epoch', dense(), 11, 3, 11],
    ['after its best epoch, which it restores', dense({ learning_rate: 0.5, patience: 0 }), 7, 2, 7],
    ['in the middle of the patience', dense({ learning_rate: 0.5, patience: 4 }), 3, 1, 3],
    ['between two iterations', planOf('linear', { l2: 0.01, tolerance: 1e-9 }), 3, 0, 3],
  ] as const)('%s is kept under the plan that gives the same bytes from scratch', async (_when, plan, epochs, questions, expected) => {
    for (const inputs of plan.learner === 'linear' ? [classes] : [classes, values]) {
      const params: TrainParams = { plan, balanced: inputs === classes };
      const outcome = await bench.outcome('train', params, inputs, stopAfter(epochs, questions));
      if (outcome.kind !== 'done') throw new Error(`ended as ${JSON.stringify(outcome)}`);
      expect(outcome.stopped).toBe(true);
      const kept = (outcome.record.params as unknown as TrainParams).plan;
      expect(kept.hyperparameters[plan.learner === 'linear' ? 'max_iterations' : 'epochs']).toBe(expected);
      // In a database of its own the step would be found by its key; performed again here, it must lead to the same output.
      const scratch = await bench.record('train', { ...params, plan: kept }, inputs);
      expect(await bench.text(scratch.output)).toBe(await bench.text(outcome.record.output));
      expect([scratch.key, scratch.output]).toEqual([outcome.record.key, outcome.record.output]);
      expect((await bench.artifact<ModelBody>(scratch.output)).body.curve).toHaveLength(expected);
    }
  });

  it('restores an epoch before the last, as planned', async () => {
    const plan = dense({ learning_rate: 0.5, patience: 0 });
    const { output } = await bench.record('train', { plan, balanced: true }, classes, stopAfter(7, 2));
    const { facts } = (await bench.artifact<ModelBody>(output)).body;
    expect(facts.keptEpoch).toBeLessThan(7);
    expect(facts).toMatchObject({ epochs: 7, steps: 7 * 9 });
  });

  it('in its first epoch is refused, since there is nothing to keep', async () => {
    expect(await bench.outcome('train', { plan: dense(), balanced: false }, classes, stopAfter(0, 0))).toEqual({
      kind: 'refused',
      refusal: { code: 'stoppedTooEarly', details: {} },
    });
  });

  it('when it is over anyway is the whole plan, and keeps its key', async () => {
    const whole = await bench.record('train', { plan: dense({ epochs: 3 }), balanced: false }, classes);
    const outcome = await bench.outcome('train', { plan: dense({ epochs: 3 }), balanced: false }, classes, stopAfter(3, 0));
    expect(outcome).toMatchObject({ kind: 'done', stopped: false, record: { key: whole.key, output: whole.output } });
  });

  it('has a plan only where it ended an epoch of a learner that has a limit', () => {
    const point = { epoch: 2, epochs: 2, trainLoss: 1, validationLoss: 1 };
    expect(stoppedPlan(dense(), [point]).hyperparameters.epochs).toBe(2);
    expect(() => stoppedPlan(dense(), [])).toThrow(TypeError);
    expect(() => stoppedPlan(planOf('baseline'), [point])).toThrow(TypeError);
  });
});
