/** @file Ticks are round, within the axis, and written without noise. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceTicks, tickText } from '../../../../src/ui/charts/ticks';

describe('niceTicks', () => {
  it('chooses steps of 1, 2 or 5', () => {
    expect(niceTicks(0, 60, 6)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(niceTicks(0.17, 0.71, 3)).toEqual([0.2, 0.4, 0.6]);
    expect(niceTicks(-0.1, 0.2, 3)).toEqual([-0.1, 0, 0.1, 0.2]);
  });

  it('stays within the axis and goes up in equal steps', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 2, max: 10 }),
        (low, length, wanted) => {
          fc.pre(low + length > low && length > Math.abs(low) * 1e-9);
          const ticks = niceTicks(low, low + length, wanted);
          const slack = length * 1e-6;
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(low - slack);
            expect(tick).toBeLessThanOrEqual(low + length + slack);
          }
          expect(ticks.length).toBeLessThanOrEqual(wanted * 2.5 + 2);
        },
      ),
    );
  });
});

describe('tickText', () => {
  it('writes as many decimals as the step needs', () => {
    expect(tickText(0.5, 0.05, 'proportion')).toBe('.50');
    expect(tickText(20, 20)).toBe('20');
    expect(tickText(0.30000000000000004, 0.1)).toBe('0.3');
  });

  it('shortens thousands when nothing is lost', () => {
    expect(tickText(20000, 10000)).toBe('20\u00a0k');
    expect(tickText(1_500_000, 500_000)).toBe('1.5\u00a0M');
    expect(tickText(12345, 1)).toBe('12,345');
  });

  it('writes nothing as 0, without sign', () => {
    expect(tickText(-0, 0.1)).toBe('0');
    expect(tickText(0, 0.1, 'proportion')).toBe('0');
  });

  it('writes tiny numbers as powers of ten', () => {
    expect(tickText(1e-5, 1e-5)).toBe('1 × 10⁻⁵');
  });
});
