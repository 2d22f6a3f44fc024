/** @file A criterion while it is being written: what is lacking, and the same thing from text. */

import { criterionMetricNamed, criterionMetrics } from '../domain/scoping/criterionMetrics';
import { asValue, Refusal, type RefusalValue } from '../domain/refusal';
import type { Condition, Criterion } from '../domain/scoping/criterion';
import { parseCriterion } from '../domain/scoping/criterionGrammar';

/** A condition of which the value may still be lacking. */
export interface ConditionDraft {
  readonly column: string;
  readonly operator: Condition['operator'];
  readonly value: string | number | null;
}

export interface CriterionDraft {
  readonly metric: string;
  readonly direction: Criterion['direction'];
  readonly target: number | null;
  readonly slice: readonly ConditionDraft[];
  readonly why: string;
}

export interface DraftFaults {
  readonly target: RefusalValue | 'missing' | null;
  /** One for each condition: whether its value is lacking. */
  readonly slice: readonly boolean[];
}

/** A fresh draft for a metric: its better side, without a target. */
export const freshDraft = (metric: string): CriterionDraft => ({ metric, direction: criterionMetricNamed(metric)?.direction === 'lower' ? '<=' : '>=', target: null, slice: [], why: '' });

/** What is still wrong with a draft. Pure. */
export function faultsOf({ metric, target, slice }: CriterionDraft): DraftFaults {
  const [low, high] = criterionMetricNamed(metric)?.range ?? [null, null];
  const beyond = target !== null && ((low !== null && target < low) || (high !== null && target > high));
  return {
    target: target === null ? 'missing' : beyond ? { code: 'targetOutOfRange', details: { metric, target, low: low ?? '−∞', high: high ?? '∞' } } : null,
    slice: slice.map(({ operator, value }) => value === null || value === '' || (operator !== '=' && typeof value !== 'number')),
  };
}

/** The criterion that a draft makes; null while something is wrong with it. */
export function criterionFrom(draft: CriterionDraft): Criterion | null {
  const { target, slice } = faultsOf(draft);
  if (target !== null || draft.target === null || slice.some(Boolean)) return null;
  return { metric: draft.metric, direction: draft.direction, target: draft.target, slice: draft.slice as readonly Condition[], why: draft.why.trim() };
}

/** Reads typed text. `why` is not part of the text. */
export function criterionRead(text: string): { readonly criterion: Criterion } | { readonly refusal: RefusalValue } {
  try {
    return { criterion: parseCriterion(text, criterionMetrics) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: asValue(error) };
    throw error;
  }
}

