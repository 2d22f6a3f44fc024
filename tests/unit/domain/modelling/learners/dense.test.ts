import { describe, expect, it } from 'vitest';
import type { Engine, Plan } from '../../../../../src/domain/modelling/learner';
import { denseDescription, embeddingWidth, hiddenWidths } from '../../../../../src/domain/modelling/learners/dense';
import { completePlan } from '../../../../../src/domain/modelling/plan';

describe('the hidden widths', () => {
  it('are read from numbers between commas; an empty text is no hidden layer', () => {
    expect(hiddenWidths('64,32')).toEqual([64, 32]);
    expect(hiddenWidths(' 8 , 4 ')).toEqual([8, 4]);
    expect(hiddenWidths('2048')).toEqual([2048]);
    expect(hiddenWidths(' ')).toEqual([]);
  });

  it.each(['64,', '64;32', '0', '-3', '1e3', '2.5', '2049', '1,'.repeat(24) + '1', 'many'])('refuse %j', (text) => {
    expect(() => hiddenWidths(text)).toThrow(/hiddenWidthsUnreadable/);
  });
});

describe('the usual width of an embedding', () => {
  it('grows with the categories, slower than they do, to 50', () => {
    expect([1, 2, 5, 10, 100, 1000, 1_000_000].map(embeddingWidth)).toEqual([2, 3, 4, 6, 22, 50, 50]);
  });
});

describe('an engine of tfjs', () => {
  const lacking = (engine: Engine, given: Plan['hyperparameters']): string | null =>
    denseDescription.lacks!(engine, completePlan('dense', given, 1, engine, denseDescription.hyperparameters, denseDescription.check).hyperparameters);

  it('has what the usual settings ask for, and names what it does not have', () => {
    for (const engine of ['cpu', 'wasm', 'webgl', 'webgpu'] as const) {
      expect(lacking(engine, {})).toBeNull();
      expect(lacking(engine, { optimizer: 'adam', dropout: 0.5 })).toBeNull();
      for (const [setting, value] of [
        ['activation', 'gelu'],
        ['norm', 'batch'],
        ['residual', true],
        ['loss', 'huber'],
        ['optimizer', 'sgd'],
        ['schedule', 'cosine'],
        ['warmup_epochs', 1],
        ['clip_norm', 1],
      ] as const)
        expect(lacking(engine, { [setting]: value })).toBe(setting);
      expect(lacking(engine, { optimizer: 'adam', weight_decay: 0.1 })).toBe('optimizer');
    }
  });

  it('is the only one that lacks anything: our own have it all', () => {
    const all = { activation: 'gelu', norm: 'batch', residual: true, loss: 'quantile', optimizer: 'sgd', schedule: 'one_cycle', warmup_epochs: 1, clip_norm: 1 };
    for (const engine of ['native', 'plain'] as const) expect(lacking(engine, all)).toBeNull();
  });
});
