/** @file The lineage of an artifact: the steps that lead to it, and what was made from it. Read off the store, kept by nobody. */

import type { OpenProject } from './project.svelte';
import type { ImportOptions } from '../domain/data/import/importer';
import type { Hash } from '../domain/pipeline/digest';
import { opNamed } from '../domain/pipeline/ops';
import type { StepRecord } from '../domain/pipeline/step';
import { stepsMaking, stepsUsing } from '../storage/artifacts';

export interface Lineage {
  /** Steps upstream of the artifact, and those downstream of it. A step appears once. */
  readonly steps: readonly StepRecord[];
  /** Artifacts that no step made: sources. */
  readonly sources: readonly Hash[];
}

/** Every step that an artifact rests on, nearest first. */
export async function upstream(project: OpenProject, artifact: Hash): Promise<Lineage> {
  const steps = new Map<Hash, StepRecord>();
  const sources: Hash[] = [];
  const waiting = [artifact];
  const seen = new Set(waiting);
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const makers = await stepsMaking(project.database, id);
    if (makers.length === 0) sources.push(id);
    for (const { from, ...step } of makers) {
      steps.set(step.key, step);
      for (const input of from) if (!seen.has(input)) waiting.push((seen.add(input), input));
    }
  }
  return { steps: [...steps.values()], sources };
}

/** Every step that rests on an artifact. */
export async function downstream(project: OpenProject, artifact: Hash): Promise<readonly StepRecord[]> {
  const steps = new Map<Hash, StepRecord>();
  const waiting = [artifact];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    for (const { from: _from, ...step } of await stepsUsing(project.database, id)) {
      if (steps.has(step.key)) continue;
      steps.set(step.key, step);
      waiting.push(step.output);
    }
  }
  return [...steps.values()];
}

/** How the file of the first import behind a table was read, past every edit and addition. Null when it is not known. */
export async function importOptionsOf(project: Pick<OpenProject, 'database'>, table: Hash): Promise<ImportOptions | null> {
  const seen = new Set<Hash>();
  for (let id: Hash | undefined = table; id !== undefined && !seen.has(id);) {
    seen.add(id);
    const steps: readonly StepRecord[] = await stepsMaking(project.database, id);
    const read = steps.find(({ op }) => op === 'import');
    if (read) return (read.params as unknown as { readonly options?: ImportOptions }).options ?? null;
    // Whatever makes a table of a table begins with that one.
    id = steps.find(({ op, inputs }) => opNamed(op).output === 'table' && inputs.table !== undefined)?.inputs.table;
  }
  return null;
}
