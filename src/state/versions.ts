/** @file Versions side by side: what differs, what rests on which, and rows added from another file. */

import { importOptionsOf } from './lineage';
import { demandVersion, makeVersion, readFile } from './data';
import { previewFile } from './preview';
import type { OpenProject } from './project.svelte';
import type { ImportOptions } from '../domain/data/import/importer';
import type { VersionDiff } from '../domain/data/versionDiff';
import type { TableBody } from '../domain/data/tableManifest';
import type { Hash } from '../domain/pipeline/digest';
import type { DataVersion, ModelVersion, ProjectState, Run } from '../domain/pipeline/project';

/** What changed from one table to another. */
export async function diffOf(project: OpenProject, before: DataVersion, after: DataVersion): Promise<VersionDiff> {
  const asked = await project.ask({ op: 'diff', params: {}, inputs: { before: before.table, after: after.table } }, { subject: `v${before.number}, v${after.number}` });
  return (await project.artifact<VersionDiff>(asked.record.output)).body;
}

export interface RestsOn {
  readonly runs: readonly Run[];
  readonly models: readonly ModelVersion[];
}

/** Runs and models that were learnt from a table. */
export function restingOn(state: ProjectState, table: Hash): RestsOn {
  const runs = state.runs.filter((run) => run.table === table);
  return { runs, models: state.models.filter((model) => runs.some((run) => run.id === model.run)) };
}

/** Runs and models that would be out of date if the split or the data in hand became another. */
export function restingOnSplit(state: ProjectState): RestsOn {
  const runs = state.runs.filter((run) => state.split !== null && run.split === state.split);
  return { runs, models: state.models.filter((model) => runs.some((run) => run.id === model.run)) };
}

/** Options by which a second file is read as the table was: its types and words for missing, the file's own delimiter and encoding. */
export async function optionsLike(project: OpenProject, table: Hash): Promise<Partial<ImportOptions>> {
  const { body } = await project.artifact<TableBody>(table);
  const earlier = (await importOptionsOf(project, table)) as Partial<ImportOptions> | null;
  return { types: body.columns.map(({ name, type }) => ({ column: name, type })), ...(earlier?.missing ? { missing: earlier.missing } : {}) };
}

export interface Appended {
  readonly added: number;
  /** Rows of the file that were held back; the new version does not list them. */
  readonly heldBack: number;
}

/** Adds the rows of a file to the version in hand: a new version. The op makes their keys as the first import did. */
export async function appendFile(project: OpenProject, file: Blob, name: string, message: string): Promise<Appended> {
  const version = demandVersion(project.state);
  const { options } = await previewFile(project, file, name, await optionsLike(project, version.table));
  const read = await readFile(project, { file, name, options, target: null, group: null });
  const batch = await project.artifact<TableBody>(read.record.output);
  await makeVersion(project, 'append', {}, { batch: batch.id }, message);
  return { added: demandVersion(project.state).rows - version.rows, heldBack: batch.body.quarantine.count };
}
