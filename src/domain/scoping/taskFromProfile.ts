/** @file Which task a target poses, told from its profile alone: what the page knows before anything is split. Agrees with `taskOf`, which reads the values. */

import { numberText } from '../data/cell';
import { byCodePoint } from '../data/codePointOrder';
import type { ColumnProfile } from '../data/profile';
import { isNumericType } from '../data/table';
import type { Task, TaskShape } from '../modelling/task';

export interface ProfiledTask {
  readonly kind: Task['kind'];
  /** What the values say, whatever was asked for. */
  readonly detected: Task['kind'];
  readonly shape: TaskShape;
  /** Labels in code-point order where there are exactly two, else none. */
  readonly classes: readonly string[];
  readonly distinct: number;
  /** Whether the other kind is possible: only numbers can be estimated as a quantity. */
  readonly canBeRegression: boolean;
}

/** As in `taskOf`: with more distinct numbers than this, a numeric target is a quantity. */
const mostNumericClasses = 20;

function twoLabels({ distinct, texts, numeric, type }: ColumnProfile): readonly string[] {
  if (distinct !== 2) return [];
  if (texts !== null) return texts.top.map(({ text }) => text).sort(byCodePoint);
  return numeric === null ? [] : [numeric.min, numeric.max].map((value) => numberText(value, type)).sort(byCodePoint);
}

/** @param asked what the user wants; null: told from the values */
export function taskFromProfile(profile: ColumnProfile, asked: Task['kind'] | null): ProfiledTask {
  const { type, distinct, numeric } = profile;
  const looksLikeClasses = !isNumericType(type) || type === 'boolean' || (type !== 'date' && numeric !== null && numeric.whole && numeric.infinite === 0 && distinct <= mostNumericClasses);
  const canBeRegression = isNumericType(type);
  const detected = looksLikeClasses ? 'classification' : 'regression';
  const kind = asked ?? detected;
  const shape = kind === 'regression' ? 'regression' : distinct <= 2 ? 'binary' : 'multiclass';
  return { kind, detected, shape, classes: kind === 'regression' ? [] : twoLabels(profile), distinct, canBeRegression };
}
