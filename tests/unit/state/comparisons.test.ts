import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Aborted } from '../../../src/jobs/remote';
import type { ComparisonBody } from '../../../src/domain/modelling/report';
import type { Run } from '../../../src/domain/pipeline/project';
import { Comparisons } from '../../../src/state/comparisons.svelte';
import { Problem, storageProblem } from '../../../src/state/problem';
import type { OpenProject } from '../../../src/state/project.svelte';

const comparison = vi.hoisted(() => vi.fn());
vi.mock('../../../src/state/modelling', () => ({ comparison }));

const run = (scores: string): Run => ({ scores }) as unknown as Run;
const body = { metric: 'roc_auc' } as unknown as ComparisonBody;
const project = { state: { threshold: 0.5 } };
let comparisons: Comparisons;

const want = (): void => comparisons.want(run('a'), run('b'), ['roc_auc']);
const found = () => comparisons.of(run('a'), run('b'), 'roc_auc');

beforeEach(() => {
  project.state.threshold = 0.5;
  comparison.mockReset().mockResolvedValue(body);
  comparisons = new Comparisons(project as unknown as OpenProject);
});

describe('a comparison', () => {
  it('is asked for once, however often it is wanted', async () => {
    want();
    want();
    await vi.waitFor(() => expect(found()).toEqual({ kind: 'known', body }));
    want();
    expect(comparison).toHaveBeenCalledTimes(1);
  });

  it('that waited while the threshold moved is asked for when the old threshold comes back', async () => {
    want();
    project.state.threshold = 0.4;
    await Promise.resolve();
    await Promise.resolve();
    project.state.threshold = 0.5;
    expect(comparison).not.toHaveBeenCalled();
    want();
    await vi.waitFor(() => expect(found()?.kind).toBe('known'));
  });

  it.each([
    ['was thrown away', new Aborted('aborted')],
    ['could not be written', storageProblem('fenced')],
  ])('that %s is asked for again', async (_what, error) => {
    comparison.mockRejectedValueOnce(error);
    want();
    await vi.waitFor(() => expect(comparison).toHaveBeenCalledTimes(1));
    expect(found()).toBeUndefined();
    await vi.waitFor(() => {
      want();
      expect(found()?.kind).toBe('known');
    });
  });

  it('that cannot be had is told, and not asked for again', async () => {
    const refusal = { code: 'pairedTasksDiffer', details: {} };
    comparison.mockRejectedValueOnce(new Problem(refusal));
    want();
    await vi.waitFor(() => expect(found()).toEqual({ kind: 'failed', refusal }));
    want();
    expect(comparison).toHaveBeenCalledTimes(1);
  });
});
