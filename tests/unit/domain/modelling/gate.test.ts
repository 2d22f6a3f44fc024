import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateResult } from '../../../../src/domain/modelling/gate';
import type { Estimate } from '../../../../src/domain/modelling/metric';
import type { Criterion } from '../../../../src/domain/scoping/criterion';

const criterion = (direction: Criterion['direction'], target: number): Criterion => ({ metric: 'roc_auc', slice: [], direction, target, why: '' });
const estimate = (value: number | null, low: number | null, high: number | null, n = 100): Estimate => ({ value, low, high, n, method: 'test' });

describe('gateResult', () => {
  const table: readonly [string, Criterion['direction'], Estimate | undefined, string, [boolean, string], [boolean, string]][] = [
    // What, direction (target 0.8), estimate, verdict, rule value, rule bound.
    ['wholly above', '>=', estimate(0.9, 0.85, 0.95), 'holds', [true, 'meets'], [true, 'meets']],
    ['lower end on the target', '>=', estimate(0.9, 0.8, 0.95), 'holds', [true, 'meets'], [true, 'meets']],
    ['across, value above', '>=', estimate(0.85, 0.75, 0.9), 'undecided', [true, 'meets'], [false, 'short']],
    ['value on the target', '>=', estimate(0.8, 0.75, 0.9), 'undecided', [true, 'meets'], [false, 'short']],
    ['across, value below', '>=', estimate(0.78, 0.7, 0.85), 'undecided', [false, 'short'], [false, 'short']],
    ['upper end on the target', '>=', estimate(0.7, 0.6, 0.8), 'undecided', [false, 'short'], [false, 'short']],
    ['wholly below', '>=', estimate(0.7, 0.6, 0.75), 'fails', [false, 'short'], [false, 'short']],
    ['wholly below', '<=', estimate(0.7, 0.6, 0.75), 'holds', [true, 'meets'], [true, 'meets']],
    ['across, value below', '<=', estimate(0.78, 0.7, 0.85), 'undecided', [true, 'meets'], [false, 'short']],
    ['upper end on the target', '<=', estimate(0.7, 0.6, 0.8), 'holds', [true, 'meets'], [true, 'meets']],
    ['wholly above', '<=', estimate(0.9, 0.85, 0.95), 'fails', [false, 'short'], [false, 'short']],
    ['no interval, value good', '>=', estimate(0.9, null, null), 'undecided', [true, 'meets'], [false, 'noInterval']],
    ['no interval, value bad', '>=', estimate(0.5, null, null), 'undecided', [false, 'short'], [false, 'noInterval']],
    ['no width', '>=', estimate(0.8, 0.8, 0.8), 'holds', [true, 'meets'], [true, 'meets']],
    ['undefined', '>=', estimate(null, null, null), 'fails', [false, 'undefinedValue'], [false, 'undefinedValue']],
    ['undefined', '<=', estimate(null, null, null), 'fails', [false, 'undefinedValue'], [false, 'undefinedValue']],
    ['not a number', '>=', estimate(NaN, NaN, NaN), 'fails', [false, 'undefinedValue'], [false, 'undefinedValue']],
    ['infinite', '>=', estimate(Infinity, 1, Infinity), 'fails', [false, 'undefinedValue'], [false, 'undefinedValue']],
    ['an empty slice', '>=', estimate(null, null, null, 0), 'fails', [false, 'emptySlice'], [false, 'emptySlice']],
    ['an empty slice with a value', '>=', estimate(1, 1, 1, 0), 'fails', [false, 'emptySlice'], [false, 'emptySlice']],
    ['not computed', '>=', undefined, 'fails', [false, 'notComputed'], [false, 'notComputed']],
    ['not computed', '<=', undefined, 'fails', [false, 'notComputed'], [false, 'notComputed']],
  ];

  it.each(table)('%s, %s 0.8', (_what, direction, given, verdict, byValue, byBound) => {
    for (const [rule, [passed, reason]] of [['value', byValue] as const, ['bound', byBound] as const]) {
      expect(gateResult(criterion(direction, 0.8), rule, given)).toMatchObject({ rule, verdict, passed, reason });
    }
  });

  it('is undecided, and does not pass, before service was timed', () => {
    const asked: Criterion = { ...criterion('<=', 50), metric: 'latency_p95' };
    for (const rule of ['value', 'bound'] as const) expect(gateResult(asked, rule, undefined)).toMatchObject({ verdict: 'undecided', passed: false, reason: 'notMeasured' });
    expect(gateResult(asked, 'bound', estimate(20, 18, 25)).passed).toBe(true);
    expect(gateResult(asked, 'bound', estimate(49, 40, 51))).toMatchObject({ verdict: 'undecided', passed: false, reason: 'short' });
  });

  it('says of a slice that was asked and had nothing to answer from that it is empty', () => {
    const sliced: Criterion = { ...criterion('>=', 0.8), slice: [{ column: 'sex', operator: '=', value: 'F' }] };
    expect(gateResult(sliced, 'value', null)).toMatchObject({ verdict: 'fails', passed: false, reason: 'emptySlice' });
    expect(gateResult(sliced, 'value', undefined).reason).toBe('notComputed');
    expect(gateResult(criterion('>=', 0.8), 'value', null).reason).toBe('notComputed');
  });

  it('carries the figures it judged', () => {
    const asked = criterion('>=', 0.8);
    expect(gateResult(asked, 'value', estimate(0.9, 0.7, 0.95, 42))).toMatchObject({ criterion: asked, value: 0.9, low: 0.7, high: 0.95, n: 42 });
    expect(gateResult(asked, 'value', undefined)).toMatchObject({ value: null, low: null, high: null, n: 0 });
  });

  it('a target that is no number is never met', () => {
    for (const rule of ['value', 'bound'] as const) expect(gateResult(criterion('>=', NaN), rule, estimate(0.9, 0.8, 1)).passed).toBe(false);
  });

  const figures = fc
    .tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([value, down, up]) => estimate(value, value - down, value + up));
  const asked = fc.tuple(fc.constantFrom('>=' as const, '<=' as const), fc.double({ min: -2, max: 2, noNaN: true })).map(([d, t]) => criterion(d, t));

  it('rule bound passes just when the verdict holds, and then rule value passes too; a failing verdict passes neither', () => {
    fc.assert(
      fc.property(asked, figures, (wanted, given) => {
        const byValue = gateResult(wanted, 'value', given);
        const byBound = gateResult(wanted, 'bound', given);
        expect(byBound.verdict).toBe(byValue.verdict);
        expect(byBound.passed).toBe(byBound.verdict === 'holds');
        if (byBound.passed) expect(byValue.passed).toBe(true);
        if (byBound.verdict === 'fails') expect(byValue.passed).toBe(false);
      }),
    );
  });

  it('mirrors when target, figures and direction change sign', () => {
    fc.assert(
      fc.property(asked, figures, fc.constantFrom('value' as const, 'bound' as const), (wanted, given, rule) => {
        const mirrored = gateResult(
          criterion(wanted.direction === '>=' ? '<=' : '>=', -wanted.target),
          rule,
          estimate(-given.value!, -given.high!, -given.low!),
        );
        expect(mirrored).toMatchObject({ verdict: gateResult(wanted, rule, given).verdict, passed: gateResult(wanted, rule, given).passed });
      }),
    );
  });

  it('a harder target never turns a failure into a pass', () => {
    fc.assert(
      fc.property(
        figures,
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.constantFrom('value' as const, 'bound' as const),
        (given, target, more, rule) => {
          if (gateResult(criterion('>=', target + more), rule, given).passed) expect(gateResult(criterion('>=', target), rule, given).passed).toBe(true);
        },
      ),
    );
  });
});
