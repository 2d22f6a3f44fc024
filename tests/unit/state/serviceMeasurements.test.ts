import { describe, expect, it } from 'vitest';
import type { ProjectEvent } from '../../../src/domain/pipeline/project';
import { latestService, timedOf, valueIn } from '../../../src/state/serviceMeasurements';

const estimates = (p95: number) => [{ name: 'latency_p95', estimate: { value: p95, low: null, high: null, n: 500, method: 'order statistics' } }];
const event = (sequence: number, kind: ProjectEvent['kind'], detail: object): ProjectEvent => ({ project: 'project:1', sequence, at: sequence * 10, kind, detail: detail as ProjectEvent['detail'], state: null });

describe('how a run was timed here', () => {
  const events = [
    event(1, 'latency', { run: 'run:1', estimates: estimates(9), n: 500 }),
    event(2, 'latency', { run: 'run:2', estimates: estimates(7), n: 500 }),
    event(3, 'latency', { run: 'run:1', estimates: estimates(5), n: 500 }),
    event(4, 'latency', { p50_ms: 1 }),
  ];

  it('is read off the log, newest first, one run at a time', () => {
    expect(timedOf(events, { id: 'run:1' }).map(({ at, estimates: found }) => [at, valueIn(found, 'latency_p95')])).toEqual([[30, 5], [10, 9]]);
    expect(valueIn(latestService(events, { id: 'run:2' }), 'latency_p95')).toBe(7);
    expect(latestService(events, { id: 'run:3' })).toEqual([]);
    expect(valueIn([], 'latency_p95')).toBeNull();
  });

  it('is not known where a backup brought it from another device', () => {
    const restored = [...events, event(5, 'restored', {})];
    expect(timedOf(restored, { id: 'run:1' })).toEqual([]);
    expect(valueIn(latestService([...restored, event(6, 'latency', { run: 'run:1', estimates: estimates(3), n: 500 })], { id: 'run:1' }), 'latency_p95')).toBe(3);
  });
});
