/** @file Versions side by side: what differs, what rests on which, and rows added from another file. */

import { demandVersion, makeVersion, readFile } from './data';
import { importOptionsOf } from './lineage';
import { previewFile } from './preview';
import type { Asked, OpenProject } from './project.svelte';
import type { ImportOptions, ImportPreview, TypeOverride } from '../domain/data/import/importer';
import type { Json } from '../domain/canonical';
import type { Edit } from '../domain/data/edit';
import { matchedColumns } from '../domain/data/tableOrigin';
import type { Artifact } from '../domain/pipeline/artifact';
import { columnNamed, type ColumnType } from '../domain/data/table';
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

interface Likeness {
  readonly types: readonly TypeOverride[];
  /** Names that columns had at the first import and have no more: a later file may well use them. */
  readonly former: ReadonlySet<string>;
  readonly earlier: ImportOptions | null;
}

const typedAs = (column: string, type: ColumnType, order: TypeOverride['order']): TypeOverride => (type === 'date' && order !== undefined ? { column, type, order } : { column, type });

async function likenessTo(project: OpenProject, table: Hash): Promise<Likeness> {
  const { columns, origin } = (await project.artifact<TableBody>(table)).body;
  const former = origin.columns.filter(({ name }) => columnNamed(columns, name) === undefined);
  return {
    types: [
      ...columns.map(({ name, type }) => typedAs(name, type, origin.columns.find(({ now }) => now === name)?.order)),
      ...former.map(({ name, type, now, order }) => typedAs(name, (now === null ? undefined : columnNamed(columns, now))?.type ?? type, order)),
    ],
    former: new Set(former.map(({ name }) => name)),
    earlier: await importOptionsOf(project, table),
  };
}

const alike = ({ types, earlier }: Likeness, detected: ImportOptions): ImportOptions => ({
  ...detected,
  types,
  missing: earlier?.missing ?? detected.missing,
  // A file with another delimiter was written by other habits, and its own decimal mark is right.
  decimal: earlier !== null && earlier.format === detected.format && earlier.delimiter === detected.delimiter ? earlier.decimal : detected.decimal,
});

/**
 * Options by which a later file is read as the table was, whether it is added, watched or predicted: the table's types, under present and
 * former names, its words for missing, and its decimal mark where the file is of the same format. The rest is the file's own.
 */
const optionsLike = async (project: OpenProject, table: Hash, detected: ImportOptions): Promise<ImportOptions> => alike(await likenessTo(project, table), detected);

/**
 * What a later file looks like when it is read as the table was.
 * @param chosen what the user decided about this file: it comes before everything
 */
export async function previewLike(project: OpenProject, table: Hash, file: Blob, name: string, chosen: Partial<ImportOptions> = {}): Promise<ImportPreview> {
  const like = await likenessTo(project, table);
  const { types, earlier, former } = like;
  const first = await previewFile(project, file, name, { types, ...(earlier ? { missing: earlier.missing } : {}), ...chosen });
  const options = { ...alike(like, first.options), ...chosen };
  const preview = options.decimal === first.options.decimal ? first : await previewFile(project, file, name, options);
  // Nobody expects a former name in the file.
  return { ...preview, problems: preview.problems.filter(({ code, details }) => code !== 'columnNotFound' || !former.has(String(details.column))) };
}

/**
 * Reads a later file as a table was read, whether it is watched or predicted: its columns get the names that they have now, wherever the file
 * still has a former one.
 * @param chosen what the user decided about the text of this file: it comes before everything
 * @returns the step that read the file, and the table
 */
export async function readLike(project: OpenProject, table: Hash, file: Blob, name: string, detected: ImportOptions, chosen: Partial<ImportOptions> = {}): Promise<{ readonly read: Asked; readonly table: Artifact<TableBody> }> {
  const read = await readFile(project, { file, name, options: { ...(await optionsLike(project, table, detected)), ...chosen }, target: null, group: null });
  const batch = await project.artifact<TableBody>(read.record.output);
  const { origin } = (await project.artifact<TableBody>(table)).body;
  const names = batch.body.columns.map((column) => column.name);
  const matched = matchedColumns(origin, names);
  const edits = origin.columns.flatMap(({ now }, at): Edit[] => {
    const from = names[matched[at]!];
    return now === null || from === undefined || from === now ? [] : [{ op: 'renameColumn', from, to: now }];
  });
  if (edits.length === 0) return { read, table: batch };
  const renamed = await project.ask({ op: 'edit', params: { edits } as unknown as Json, inputs: { table: batch.id } }, { subject: name });
  return { read, table: await project.artifact<TableBody>(renamed.record.output) };
}

export interface Appended {
  readonly added: number;
  /** Rows of the file that were held back; the new version does not list them. */
  readonly heldBack: number;
}

/** Adds the rows of a file to the version in hand: a new version. The op makes their keys as the first import did. */
export async function appendFile(project: OpenProject, file: Blob, name: string, message: string): Promise<Appended> {
  const version = demandVersion(project.state);
  const { options } = await previewLike(project, version.table, file, name);
  const read = await readFile(project, { file, name, options, target: null, group: null });
  const batch = await project.artifact<TableBody>(read.record.output);
  await makeVersion(project, 'append', { target: project.state.question.target }, { batch: batch.id }, message);
  return { added: demandVersion(project.state).rows - version.rows, heldBack: batch.body.quarantine.count };
}
