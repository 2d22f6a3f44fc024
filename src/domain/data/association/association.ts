/** @file How one column goes with the target, by the measure that suits the two types, with its name and definition. */

import { classesOf, type Classes } from '../../modelling/classes';
import type { Task } from '../../modelling/task';
import type { Column } from '../table';
import { correlationRatio } from './correlationRatio';
import { cramersV } from './cramersV';
import { rankArea } from './rankArea';
import { spearman } from './spearman';

export type AssociationName = 'roc_auc' | 'cramers_v' | 'eta_squared' | 'spearman';

export interface Association {
  readonly name: AssociationName;
  /** roc_auc: 0 to 1, one half is chance; spearman: −1 to 1; the others 0 to 1. */
  readonly value: number;
  /** Rows where both are known. */
  readonly n: number;
  /** Categories compared, where the measure compares categories. */
  readonly groups: number | null;
  readonly definition: string;
}

/** The target as every column is compared with it, prepared once. */
export type Target =
  { readonly kind: 'classes'; readonly classes: Classes; readonly positive: number | null } | { readonly kind: 'values'; readonly values: Float64Array };

/** Prepares a target column for `associationOf`. */
export function targetOf(column: Column, task: Task): Target {
  if (task.kind === 'classification') return { kind: 'classes', classes: classesOf(column), positive: task.positive };
  if (column.values.kind !== 'numeric') throw new TypeError(`a regression target is numeric, ${column.name} is not`);
  return { kind: 'values', values: column.values.values };
}

const definitions: Readonly<Record<AssociationName, string>> = {
  roc_auc: 'P(x of a positive > x of a negative) + P(equal) / 2',
  cramers_v: 'Cramér’s V, bias-corrected after Bergsma: √(φ̃² / (min(r̃, c̃) − 1))',
  eta_squared: 'η²: variance of the number between categories / its whole variance',
  spearman: 'Pearson’s correlation of the ranks, ties sharing their mean rank',
};

/**
 * Numbers × two classes: AUC of the positive class. Numbers × more classes, and categories × numbers: η². Categories, or truth values,
 * × classes: Cramér's V. Numbers × numbers: Spearman. Null where the measure is undefined.
 */
export function associationOf(column: Column, target: Target): Association | null {
  const named = (name: AssociationName, found: { value: number; n: number; groups?: number } | null, groups: number | null = null): Association | null =>
    found === null ? null : { name, value: found.value, n: found.n, groups: found.groups ?? groups, definition: definitions[name] };
  if (column.values.kind === 'coded') {
    const { codes, dictionary } = column.values;
    if (target.kind === 'values') return named('eta_squared', correlationRatio(codes, dictionary.length, target.values));
    const { of, labels } = target.classes;
    return named('cramers_v', cramersV(codes, of, dictionary.length, labels.length), labels.length);
  }
  const { values } = column.values;
  if (target.kind === 'values') return named('spearman', spearman(values, target.values));
  const { of, labels } = target.classes;
  if (target.positive !== null) return named('roc_auc', rankArea(values, of, target.positive), 2);
  if (column.type === 'boolean') {
    const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
    return named('cramers_v', cramersV(codes, of, 2, labels.length), labels.length);
  }
  return named('eta_squared', correlationRatio(of, labels.length, values), labels.length);
}
