import { expect, it } from 'vitest';
import type { Finding } from '../../../src/domain/data/findings/check';
import { emptyState, type ProjectEvent } from '../../../src/domain/pipeline/project';
import { isOpenFinding } from '../../../src/state/openFindings';
import { findingName } from '../../../src/state/settledFindings';

const finding = { check: 'constant', columns: ['a'], suggestion: 'leaveOutOfModel' } as unknown as Finding;
const settling = (sequence: number, settled: boolean): ProjectEvent => ({ project: 'project:x', sequence, at: 0, kind: 'alertSettled', detail: { finding: findingName(finding), settled, why: '' }, state: null });

it('a finding is open until it is settled, or done, and again when it is opened again', () => {
  const open = (events: readonly ProjectEvent[], exclude: readonly string[] = []): boolean =>
    isOpenFinding({ events, state: { ...emptyState, question: { ...emptyState.question, exclude } } })(finding);
  expect(open([])).toBe(true);
  expect(open([settling(1, true)])).toBe(false);
  expect(open([settling(1, true), settling(2, false)])).toBe(true);
  expect(open([], ['a'])).toBe(false);
});
