import { describe, expect, it } from 'vitest';
import { isCurrentReport } from '../../../src/state/modelling';
import { sameRows } from '../../../src/state/runBook.svelte';
import type { Run } from '../../../src/domain/pipeline/project';

const criterion = {
  metric: 'recall',
  slice: [{ column: 'sex', operator: '=' as const, value: 'Female' }],
  direction: '>=' as const,
  target: 0.55,
  why: 'promised',
};
const asked = [{ criterion, estimate: null }];

describe('a report', () => {
  it('is current for the threshold and criteria it was made with, whatever the reason written beside them', () => {
    expect(isCurrentReport({ threshold: 0.5, criteria: asked }, { threshold: 0.5, criteria: [{ ...criterion, why: '' }] })).toBe(true);
  });

  it('is not current once the threshold or a criterion changed', () => {
    expect(isCurrentReport({ threshold: 0.5, criteria: asked }, { threshold: 0.4, criteria: [criterion] })).toBe(false);
    expect(isCurrentReport({ threshold: 0.5, criteria: asked }, { threshold: 0.5, criteria: [{ ...criterion, target: 0.6 }] })).toBe(false);
    expect(isCurrentReport({ threshold: 0.5, criteria: asked }, { threshold: 0.5, criteria: [] })).toBe(false);
  });

  it('without a threshold does not depend on it', () => {
    expect(isCurrentReport({ threshold: null, criteria: [] }, { threshold: 0.4, criteria: [] })).toBe(true);
  });
});

describe('two runs', () => {
  it('are on the same rows when table, split and the way of judging are the same', () => {
    const run = { table: 'sha256:1', split: 'sha256:2', crossValidated: false } as unknown as Run;
    expect(sameRows(run, { ...run })).toBe(true);
    expect(sameRows(run, { ...run, crossValidated: true })).toBe(false);
    expect(sameRows(run, { ...run, table: 'sha256:3' })).toBe(false);
  });
});
