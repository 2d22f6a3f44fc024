/** @file Which task a target column poses, when the user has said little or nothing. */

import { isMissing, isNumericType, lengthOf, type Column } from '../data/table';
import { Refusal } from '../refusal';
import { classesOf } from './classes';
import type { Task } from './task';

/** With more distinct numbers than this, a numeric target is a quantity, not a class. */
const mostNumericClasses = 20;

/** True when the column holds at most 20 distinct values, all whole numbers. */
function looksLikeClasses(values: Float64Array): boolean {
  const distinct = new Set<number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value !== value || distinct.has(value)) continue;
    if (!Number.isInteger(value) || distinct.size === mostNumericClasses) return false;
    distinct.add(value);
  }
  return true;
}

function kindOf(column: Column): Task['kind'] {
  if (column.values.kind === 'coded' || column.type === 'boolean') return 'classification';
  if (column.type === 'date') return 'regression';
  return looksLikeClasses(column.values.values) ? 'classification' : 'regression';
}

function oneValue(values: Float64Array): boolean {
  const first = values.find((value) => value === value);
  return values.every((value) => value !== value || value === first);
}

/**
 * The task that a target column poses. Booleans, categories and texts are classes. Numbers are classes only if they are whole and
 * at most 20 differ. Of two classes the positive one is the one asked for, else the rarer, else the first in code-point order.
 * @param asked what the user wants, or null to decide from the values.
 * @param positive the label that counts as positive, or null.
 * @throws Refusal allTargetMissing {column, rows}; oneClassTarget {column, class}; targetNearlyUnique {column, distinct, rows}: more than
 *   20 classes and under two rows a class on average; targetNotNumeric {column, type}; positiveNeedsTwoClasses {column, positive, classes};
 *   unknownPositiveClass {column, positive, first, second}.
 */
export function taskOf(target: Column, asked: Task['kind'] | null, positive: string | null): Task {
  const rows = lengthOf(target.values);
  let known = 0;
  for (let row = 0; row < rows; row++) if (!isMissing(target.values, row)) known++;
  if (known === 0) throw new Refusal('allTargetMissing', { column: target.name, rows });
  const kind = asked ?? kindOf(target);
  if (kind === 'regression') {
    if (!isNumericType(target.type) || target.values.kind !== 'numeric') throw new Refusal('targetNotNumeric', { column: target.name, type: target.type });
    if (positive !== null) throw new Refusal('positiveNeedsTwoClasses', { column: target.name, positive, classes: 0 });
    if (oneValue(target.values.values)) throw new Refusal('oneClassTarget', { column: target.name, class: classesOf(target).labels[0]! });
    return { kind, target: target.name };
  }
  const { labels, counts } = classesOf(target);
  if (labels.length === 1) throw new Refusal('oneClassTarget', { column: target.name, class: labels[0]! });
  if (labels.length > mostNumericClasses && labels.length * 2 > known)
    throw new Refusal('targetNearlyUnique', { column: target.name, distinct: labels.length, rows: known });
  if (labels.length > 2) {
    if (positive !== null) throw new Refusal('positiveNeedsTwoClasses', { column: target.name, positive, classes: labels.length });
    return { kind, target: target.name, classes: labels, positive: null };
  }
  const index = positive === null ? (counts[1]! < counts[0]! ? 1 : 0) : labels.indexOf(positive);
  if (index < 0) throw new Refusal('unknownPositiveClass', { column: target.name, positive: positive ?? '', first: labels[0]!, second: labels[1]! });
  return { kind, target: target.name, classes: labels, positive: index };
}
