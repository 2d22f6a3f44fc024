import { describe, expect, it, vi } from 'vitest';
import { engineFor, prospectsOf } from '../../../src/state/engine';
import type { TrainingSize } from '../../../src/domain/modelling/cost';
import { describedLearner } from '../../../src/domain/modelling/learners/registry';
import { completePlan } from '../../../src/domain/modelling/plan';

vi.stubGlobal('navigator', { userAgent: 'a browser' });
const race = vi.hoisted(() => vi.fn());
vi.mock('../../../src/jobs/probing', () => ({
  adapterName: () => Promise.resolve('a card'),
  describeEngine: (engine: string) => Promise.resolve({ kind: 'described', backend: engine, adapter: null }),
  raceEngines: race,
}));

const size: TrainingSize = { rows: 20_000, validationRows: 4_000, features: 50, classes: 2 };
const planOf = (learner: string, given: Record<string, string | number> = {}) => {
  const { hyperparameters, check } = describedLearner(learner)!;
  return completePlan(learner, given, 1, 'native', hyperparameters, check);
};

describe('the choice of an engine', () => {
  it('is our own without a race where nothing else has a chance', async () => {
    const chosen = await engineFor('auto', planOf('dense'), size);
    expect(chosen.engine).toBe('native');
    expect(chosen.table!.filter(({ reason }) => reason === 'noChance').map(({ engine }) => engine)).toContain('webgpu');
    expect((await engineFor('auto', planOf('boosting'), size)).engine).toBe('native');
    expect((await engineFor('auto', planOf('baseline'), size)).engine).toBe('plain');
    expect(race).not.toHaveBeenCalled();
  });

  it('never takes another engine without having timed it against our own, which races first', async () => {
    race.mockImplementation(({ engines }: { engines: string[] }) => Promise.resolve({ engine: 'native', adapter: null, table: engines.map((engine) => ({ engine, ok: engine === 'native', reason: engine === 'native' ? null : 'noAdapter', msPerStep: engine === 'native' ? 1 : null })) }));
    const chosen = await engineFor('auto', planOf('dense', { hidden: '512,512' }), size);
    expect(race.mock.calls[0]![0].engines).toEqual(['native', 'webgpu']);
    expect(chosen.engine).toBe('native');
  });

  it('leaves out engines that cannot train the plan, and refuses them when they are asked for', async () => {
    race.mockClear();
    for (const [given, coded] of [[{ hidden: '512,512', activation: 'gelu' }, false], [{ hidden: '512,512' }, true]] as const) {
      expect((await engineFor('auto', planOf('dense', given), size, coded)).engine).toBe('native');
      await expect(engineFor('webgpu', planOf('dense', given), size, coded)).rejects.toMatchObject({ refusal: { code: coded ? 'engineLacksCategories' : 'engineLacksSetting' } });
    }
    expect(race).not.toHaveBeenCalled();
    expect((await engineFor('webgpu', planOf('forest'), size)).engine).toBe('native');
  });

  it('keeps our own among those that race, whatever the rates say', () => {
    const { hopeful, others } = prospectsOf(['native', 'plain', 'cpu', 'wasm', 'webgl', 'webgpu'], { operations: 1e15, steps: 10, bytes: 0 });
    expect(hopeful).toEqual(['native', 'webgpu']);
    expect(others.map(({ engine }) => engine)).toEqual(['plain', 'cpu', 'wasm', 'webgl']);
  });
});
