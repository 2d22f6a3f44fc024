import { describe, expect, it } from 'vitest';
import { binText, columnVerdict, finiteHistogram, pText } from '../../../../src/ui/monitoring/driftText';
import type { DriftBin } from '../../../../src/domain/monitoring/driftHistogram';

describe('columnVerdict', () => {
  it('says moved only when both questions do, watch when one does', () => {
    const verdicts = [
      { drifted: true, beyond: true, adjustedP: 0.001 },
      { drifted: false, beyond: true, adjustedP: 0.2 },
      { drifted: false, beyond: false, adjustedP: 0.01 },
      { drifted: false, beyond: false, adjustedP: 0.4 },
    ].map((column) => columnVerdict(column, 0.05).mark);
    expect(verdicts).toEqual(['failed', 'open', 'open', 'evidence']);
  });
});

describe('binText', () => {
  it('writes open ends, dates and missing values in words', () => {
    expect(binText({ kind: 'range', low: null, high: 5, reference: 0, current: 0 }, 'number')).toBe('up to 5');
    expect(binText({ kind: 'range', low: 5, high: null, reference: 0, current: 0 }, 'number')).toBe('above 5');
    expect(binText({ kind: 'range', low: Date.UTC(2011, 0, 14), high: Date.UTC(2011, 2, 13), reference: 0, current: 0 }, 'date')).toContain('2011');
    expect(binText({ kind: 'missing', reference: 0, current: 0 }, 'category')).toBe('not stated');
  });
});

describe('pText', () => {
  it('never claims certainty', () => {
    expect([0, 0.0004, 0.03, 1].map(pText)).toEqual(['< .001', '< .001', '.030', '> .999']);
  });
});

describe('finiteHistogram', () => {
  const range = (low: number | null, high: number | null, reference: number, current: number): DriftBin => ({ kind: 'range', low, high, reference, current });
  it('closes the open ends by the width of their neighbours', () => {
    const made = finiteHistogram([range(null, 10, 0.2, 0.1), range(10, 20, 0.5, 0.3), range(20, 30, 0.2, 0.2), range(30, null, 0.1, 0.4)], 100)!;
    expect(made.reference.map(({ from, to }) => [from, to])).toEqual([
      [0, 10],
      [10, 20],
      [20, 30],
      [30, 40],
    ]);
    expect(made.width).toBe(10);
    expect(made.highlight).toBe(3);
    for (const bin of made.current) {
      expect(bin.low!).toBeLessThanOrEqual(bin.share);
      expect(bin.high!).toBeGreaterThanOrEqual(bin.share);
    }
  });
  it('has no width where bins differ', () => {
    expect(finiteHistogram([range(null, 1, 0.5, 0.5), range(1, 2, 0.25, 0.25), range(2, 9, 0.125, 0.125), range(9, null, 0.125, 0.125)], 8)!.width).toBeNull();
  });
  it('is undefined for categories and single values', () => {
    expect(finiteHistogram([{ kind: 'category', name: 'a', reference: 1, current: 1 }], 5)).toBeUndefined();
  });
});
