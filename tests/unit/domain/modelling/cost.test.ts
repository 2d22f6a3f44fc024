import { describe, expect, it } from 'vitest';
import { dataBytes, engineChances, firstRates, memoryVerdict, parametersOf, predictedSeconds, probeBudget, type TrainingSize } from '../../../../src/domain/modelling/cost';
import { engines } from '../../../../src/domain/modelling/learner';
import { learnerDescriptions } from '../../../../src/domain/modelling/learners/registry';
import { mostNodes } from '../../../../src/domain/modelling/learners/treePlans';
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

  it('of trees counts the nodes that grow, bounded by the rows of a leaf, the depth and the leaves', () => {
    const bytesOf = (name: string, given: Record<string, number>, rows: number, classes = 2): number =>
      learnerDescriptions.find((one) => one.name === name)!.cost({ ...usual(name), ...given }, { ...size, rows, classes }).bytes;
    expect(mostNodes({ maxDepth: 0, maxLeaves: 0, leastLeaf: 2 }, 1_000)).toBe(999);
    expect(mostNodes({ maxDepth: 3, maxLeaves: 0, leastLeaf: 2 }, 1_000)).toBe(15);
    expect(mostNodes({ maxDepth: 0, maxLeaves: 20, leastLeaf: 0 }, 1_000)).toBe(39);
    expect(mostNodes({ maxDepth: 0, maxLeaves: 0, leastLeaf: 1e6 }, 1_000)).toBe(1);
    // 100 trees of 100,000 leaves of two shares are some 1.6 GB with model and checkpoint; a tenth of the trees a tenth of that.
    const [hundred, ten] = [100, 10].map((trees) => bytesOf('forest', { trees, max_depth: 0 }, 200_000));
    expect(hundred! - ten!).toBe(90 * 199_999 * (69 + 12));
    expect(bytesOf('forest', { trees: 100, max_depth: 4 }, 200_000)).toBeLessThan(ten!);
    expect(bytesOf('boosting', { rounds: 300, min_child_weight: 1000, max_depth: 0 }, 200_000)).toBeLessThan(bytesOf('boosting', { rounds: 300, max_depth: 0 }, 200_000) / 10);
    expect(bytesOf('tree', { max_depth: 30, max_leaves: 8 }, 200_000)).toBeLessThan(bytesOf('tree', { max_depth: 30, max_leaves: 0 }, 200_000));
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
