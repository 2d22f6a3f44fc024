import { describe, expect, it } from 'vitest';
import { championOf, type Candidate } from '../../../../src/domain/modelling/champion';
import type { Estimate } from '../../../../src/domain/modelling/metric';
import type { ReportBody } from '../../../../src/domain/modelling/report';
import type { Criterion } from '../../../../src/domain/scoping/criterion';

const estimate = (value: number): Estimate => ({ value, low: value - 0.01, high: value + 0.01, n: 100, method: 'planted' });
const criterion: Criterion = { metric: 'recall', slice: [], direction: '>=', target: 0.6, why: '' };

const candidate = (id: string, logLoss: number, recall?: number): Candidate<string> => ({
  id,
  learner: id,
  report: {
    task: { kind: 'classification', target: 'y', classes: ['a', 'b'], positive: 1 },
    metrics: [{ name: 'log_loss', estimate: estimate(logLoss) }],
    criteria: recall === undefined ? [] : [{ criterion, estimate: estimate(recall) }],
  } as unknown as ReportBody,
});

describe('the champion', () => {
  it('is the run with the least log-loss on validation rows', () => {
    const choice = championOf([candidate('one', 0.5), candidate('two', 0.3), candidate('three', 0.4)], 'value')!;
    expect(choice.id).toBe('two');
    expect(choice.reasons.map((reason) => reason.code)).toEqual(['bestOf']);
  });

  it('keeps the promises before it has the least loss', () => {
    const choice = championOf([candidate('best', 0.3, 0.5), candidate('kept', 0.4, 0.7)], 'value')!;
    expect(choice.id).toBe('kept');
    expect(choice.reasons[0]).toEqual({ code: 'keepsPromises', facts: { keeping: 1, of: 2, criteria: 1 } });
  });

  it('asks the interval where the gate does', () => {
    expect(championOf([candidate('best', 0.3, 0.605), candidate('safe', 0.4, 0.7)], 'bound')!.id).toBe('safe');
    expect(championOf([candidate('best', 0.3, 0.605), candidate('safe', 0.4, 0.7)], 'value')!.id).toBe('best');
  });

  it('is the best of those that fail when all fail, and says so', () => {
    expect(championOf([candidate('one', 0.5, 0.1), candidate('two', 0.3, 0.2)], 'value')!.reasons.map((reason) => reason.code)).toEqual(['noneKeepsPromises', 'bestOf']);
  });

  it('of equals is the earlier, and nobody without candidates', () => {
    expect(championOf([candidate('one', 0.5), candidate('two', 0.5)], 'value')).toMatchObject({ id: 'one' });
    expect(championOf([], 'value')).toBeUndefined();
  });
});
