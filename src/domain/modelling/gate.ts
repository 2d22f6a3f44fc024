/** @file The gate: was the promise kept? One criterion against the estimate of its metric on its slice. */

import type { Criterion, GateRule } from '../scoping/criterion';
import { isAboutService } from '../scoping/criterionMetrics';
import type { Estimate } from './metric';

/** What the interval says, whatever the rule: wholly at or beyond the target, wholly short of it, or across it. */
export type Verdict = 'holds' | 'fails' | 'undecided';

/**
 * Why it passed or not. `meets` and `short`: the value, or under rule `bound` the interval's worse end, against the target.
 * `notComputed`: no estimate. `notMeasured`: service was not timed yet, which is for this device to do. `emptySlice`: no rows. `undefinedValue`: the definition does not apply. `noInterval`: rule `bound` has no bound to ask.
 */
export type GateReason = 'meets' | 'short' | 'notComputed' | 'notMeasured' | 'emptySlice' | 'undefinedValue' | 'noInterval';

export interface GateResult {
  readonly criterion: Criterion;
  readonly rule: GateRule;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly verdict: Verdict;
  readonly passed: boolean;
  readonly reason: GateReason;
}

/**
 * Judges one criterion. Rule `value`: the value meets the target. Rule `bound`: the worse end of the interval meets it (the lower for `>=`).
 * Meeting includes equality. Whatever is missing, undefined or not finite fails and never passes.
 * @param estimate null when it was asked and there was nothing to answer from: a slice without rows, or a metric that does not fit the task;
 *   undefined when it was not asked, or not measured on this device.
 */
export function gateResult(criterion: Criterion, rule: GateRule, estimate: Estimate | null | undefined): GateResult {
  const { value = null, low = null, high = null, n = 0 } = estimate ?? {};
  const result = (verdict: Verdict, passed: boolean, reason: GateReason): GateResult => ({ criterion, rule, value, low, high, n, verdict, passed, reason });
  if (estimate === null && criterion.slice.length > 0) return result('fails', false, 'emptySlice');
  if (!estimate) return isAboutService(criterion) ? result('undecided', false, 'notMeasured') : result('fails', false, 'notComputed');
  if (!Number.isFinite(value) || value === null) return result('fails', false, n === 0 ? 'emptySlice' : 'undefinedValue');
  if (n === 0) return result('fails', false, 'emptySlice');
  const meets = (number: number): boolean => (criterion.direction === '>=' ? number >= criterion.target : number <= criterion.target);
  const bounds = criterion.direction === '>=' ? { worse: low, better: high } : { worse: high, better: low };
  const worse = bounds.worse !== null && !Number.isNaN(bounds.worse) ? bounds.worse : null;
  const better = bounds.better !== null && !Number.isNaN(bounds.better) ? bounds.better : null;
  const verdict: Verdict = worse !== null && meets(worse) ? 'holds' : better !== null && !meets(better) ? 'fails' : 'undecided';
  const asked = rule === 'value' ? value : worse;
  if (asked === null) return result(verdict, false, 'noInterval');
  return result(verdict, meets(asked), meets(asked) ? 'meets' : 'short');
}
