/** @file The drift report of a watched batch made again, without rows that were removed for good. */

import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import type { Hash } from '../domain/pipeline/digest';
import type { Watch } from '../domain/pipeline/project';
import type { Reach } from '../storage/reach';

/**
 * The report as it was asked for, on the tables that took the place of the old ones. The scores that the model was judged by stay: they are
 * numbers. Undefined when there is nothing to compare any more.
 * @param batch the batch in force now
 * @param affected tables that held rows to be removed
 * @param successor the table without them; undefined where none was made
 */
export async function redrifted(project: OpenProject, watch: Watch, batch: Hash, before: Reach, affected: ReadonlySet<Hash>, successor: (table: Hash) => Hash | undefined): Promise<Hash | undefined> {
  const makerOf = (output: Hash | undefined) => [...before.steps.values()].find((step) => step.output === output);
  const maker = makerOf(watch.drift);
  if (maker === undefined || !Object.values(maker.inputs).some((input) => affected.has(input))) return watch.drift;
  const { reference, split, batchScores } = maker.inputs;
  if (reference === undefined || split === undefined) return undefined;
  const inputs: Record<string, Hash> = { ...maker.inputs, batch };
  try {
    if (affected.has(reference)) {
      // The data of its model are in no version any more: there is nothing to compare with.
      const table = successor(reference);
      const cut = makerOf(split);
      if (table === undefined || cut === undefined) return undefined;
      inputs.reference = table;
      inputs.split = (await project.ask({ op: 'split', params: cut.params, inputs: { table, base: split } }, { subject: watch.name })).record.output;
    }
    const scored = makerOf(batchScores);
    if (batch !== watch.batch && scored !== undefined)
      inputs.batchScores = (await project.ask({ op: 'score', params: scored.params, inputs: { ...scored.inputs, table: batch } }, { subject: watch.name })).record.output;
    return (await project.ask({ op: 'drift', params: maker.params, inputs }, { subject: watch.name })).record.output;
  } catch (error) {
    if (error instanceof Problem && error.refusal.code === 'nothingToCompare') return undefined;
    throw error;
  }
}
