import { describe, expect, it } from 'vitest';
import { dataBytes, engineChances, firstRates, memoryVerdict, parametersOf, predictedSeconds, probeBudget, type TrainingSize } from '../../../../src/domain/modelling/cost';
import { engines } from '../../../../src/domain/modelling/learner';
import { learnerDescriptions } from '../../../../src/domain/modelling/learners/registry';
import { completePlan } from '../../../../src/domain/modelling/plan';

const size: TrainingSize = { rows: 20_000, validationRows: 4_000, features: 20, classes: 2 };
const usual = (name: string): Readonly<Record<string, number | string | boolean>> => {
  const one = learnerDescriptions.find((description) => description.name === name)!;
  return completePlan(name, {}, 1, 'native', one.hyperparameters).hyperparameters;
};

describe('the cost of a training', () => {
  it('is told by every learner as finite numbers that grow with the rows', () => {
    for (const { name, kinds, cost } of learnerDescriptions) {
      for (const classes of kinds.map((kind) => (kind === 'regression' ? 0 : 3))) {
        const [small, large] = [1, 10].map((times) => cost(usual(name), { ...size, classes, rows: size.rows * times }));
        for (const value of [small!.operations, small!.steps, small!.bytes]) expect(Number.isFinite(value) && value >= 0, `${name} ${value}`).toBe(true);
        expect(large!.operations, name).toBeGreaterThan(small!.operations);
      }
    }
  });

  it('of a dense net counts a forward pass and twice as much backward, each epoch', () => {
    const { cost } = learnerDescriptions.find(({ name }) => name === 'dense')!;
    const { operations, steps } = cost({ ...usual('dense'), hidden: '64,64', epochs: 2, batch_size: 32 }, { ...size, validationRows: 0 });
    expect(parametersOf([20, 64, 64, 1])).toBe(21 * 64 + 65 * 64 + 65);
    expect(operations).toBe(2 * 3 * 20_000 * parametersOf([20, 64, 64, 1]));
    expect(steps).toBe(2 * 625);
  });

  it('gives graphics a chance where the work of a step is large, and none where it is small', () => {
    const { cost } = learnerDescriptions.find(({ name }) => name === 'dense')!;
    const small = cost(usual('dense'), size);
    const large = cost({ ...usual('dense'), hidden: '1024,1024,1024', batch_size: 1024 }, { ...size, features: 500 });
    expect(engineChances(small, engines)).toEqual(['native']);
    expect(engineChances(large, engines)[0]).toBe('webgpu');
    expect(engineChances(small, ['cpu'])).toEqual(['cpu']);
    expect(predictedSeconds(large, firstRates.webgpu)).toBeLessThan(predictedSeconds(large, firstRates.native));
  });

  it('lets a probe take a second, or a twentieth of the training', () => {
    expect([probeBudget(0.1), probeBudget(20), probeBudget(100)]).toEqual([1, 1, 5]);
  });

  it('says whether it fits the memory of the device, and of a kernel', () => {
    const gigabyte = 2 ** 30;
    expect(memoryVerdict(0.5 * gigabyte, 4)).toBe('fits');
    expect(memoryVerdict(1.5 * gigabyte, 4)).toBe('tight');
    expect(memoryVerdict(4.5 * gigabyte, 4)).toBe('tooLarge');
    expect(memoryVerdict(4.5 * gigabyte, 64)).toBe('tooLarge');
    expect(dataBytes({ ...size, rows: 1000, validationRows: 0 })).toBe(1000 * (80 + 8));
  });
});
