/** @file Which rows an address asks for: all, or those of a slice written in the grammar of criteria. */

import { Problem } from './problem';
import type { RowChoice } from './rows';
import { asValue, Refusal } from '../domain/refusal';
import type { Condition } from '../domain/scoping/criterion';
import { parseCriterion, printSlice } from '../domain/scoping/criterionGrammar';

export const everyRow: RowChoice = { kind: 'all' };

/** What stands around a slice to make a criterion of it, which is what the grammar reads. */
const before = 'rows[';

/**
 * The conditions in a text such as `sex=Female & age>=65`; none for an empty one.
 * @throws Problem criterionSyntax {text, at, expected}, with `at` counted in the text given
 */
export function conditionsFrom(text: string): readonly Condition[] {
  if (text.trim() === '') return [];
  try {
    return parseCriterion(`${before}${text}]>=0`).slice;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, details } = asValue(error);
    throw new Problem({ code, details: code === 'criterionSyntax' ? { ...details, text, at: Math.max(0, Number(details.at) - before.length) } : details });
  }
}

/** The text of conditions, as it stands in an address. */
export const conditionsText = (conditions: readonly Condition[]): string => printSlice(conditions);

/** The choice that conditions make. */
export const choiceOf = (conditions: readonly Condition[]): RowChoice => (conditions.length === 0 ? everyRow : { kind: 'slice', conditions });
