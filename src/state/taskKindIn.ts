/** @file What the record of a model says that it predicts. */

import type { Json } from '../domain/canonical';
import type { Task } from '../domain/modelling/task';

/** Null where the record is none of a model: a restored backup names what it likes. */
export function taskKindIn(body: Json): Task['kind'] | null {
  const task = body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as { readonly [key: string]: Json }).task : undefined;
  const kind = task !== null && typeof task === 'object' && !Array.isArray(task) ? (task as { readonly [key: string]: Json }).kind : undefined;
  return kind === 'classification' || kind === 'regression' ? kind : null;
}
