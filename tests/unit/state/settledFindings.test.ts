import { describe, expect, it } from 'vitest';
import { findingName, settledFindings } from '../../../src/state/settledFindings';
import type { Finding } from '../../../src/domain/data/findings/check';
import type { ProjectEvent } from '../../../src/domain/pipeline/project';

const finding: Finding = { check: 'cappedValues', columns: ['hours'], severity: 'low', evidence: {}, values: ['99'], rows: 137, suggestion: 'markCapped' };
const remark = (sequence: number, detail: ProjectEvent['detail']): ProjectEvent => ({ project: 'project:x', sequence, at: sequence, kind: 'alertSettled', detail, state: null });

describe('settled findings', () => {
  it('are those whose last remark settles them', () => {
    const name = findingName(finding);
    expect(settledFindings([remark(1, { finding: name, settled: true, why: '' })])).toEqual(new Set([name]));
    expect(settledFindings([remark(1, { finding: name, settled: true, why: '' }), remark(2, { finding: name, settled: false, why: '' })]).size).toBe(0);
  });

  it('are not mixed up with settled alerts', () => {
    expect(settledFindings([remark(1, { drift: 'sha256:0', why: 'known' })]).size).toBe(0);
  });

  it('stay settled when more rows show the same, and not when another value stands out', () => {
    expect(findingName({ ...finding, rows: 200 })).toBe(findingName(finding));
    expect(findingName({ ...finding, values: ['0'] })).not.toBe(findingName(finding));
  });
});
