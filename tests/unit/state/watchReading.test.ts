import { describe, expect, it } from 'vitest';
import { settlementOf, watchedAt } from '../../../src/state/watchReading';
import type { ProjectEvent, Watch } from '../../../src/domain/pipeline/project';

const drift = `sha256:${'1'.repeat(64)}` as const;
const watch: Watch = { number: 1, name: 'may.csv', batch: drift, rows: 3, drift, model: 1 };
const event = (sequence: number, kind: ProjectEvent['kind'], detail: ProjectEvent['detail']): ProjectEvent => ({
  project: 'project:a',
  sequence,
  at: sequence,
  kind,
  detail,
  state: null,
});

describe('settlementOf', () => {
  it('is undefined while nobody has settled this batch', () => {
    expect(settlementOf([event(1, 'alertSettled', { drift: 'another', why: 'x' })], watch)).toBeUndefined();
  });
  it('gives the latest reason', () => {
    expect(settlementOf([event(1, 'alertSettled', { drift, why: 'first' }), event(2, 'alertSettled', { drift, why: 'second' })], watch)).toEqual({
      at: 2,
      why: 'second',
    });
  });
});

describe('watchedAt', () => {
  it('is when the batch was watched first', () => {
    expect(watchedAt([event(4, 'batchWatched', { drift }), event(9, 'batchWatched', { drift })], watch)).toBe(4);
  });
});
