/** @file What can be done in the data stage: import, edit, append, profile, split. Each makes steps, then moves the project. */

import { sourceHash } from '../jobs/sources';
import type { Asked, OpenProject } from './project.svelte';
import { Problem } from './problem';
import { canonicalJson, type Json } from '../domain/canonical';
import { hasArtifact, stepsMaking } from '../storage/artifacts';
import type { ImportOptions } from '../domain/data/import/importer';
import type { SplitBody, SplitParams } from '../domain/data/splitManifest';
import type { TableBody } from '../domain/data/tableManifest';
import type { TableOrigin } from '../domain/data/tableOrigin';
import type { Artifact } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import { nextNumber, versionInHand, type DataVersion, type ProjectEvent, type ProjectState, type Question } from '../domain/pipeline/project';

export interface ImportChoice {
  readonly file: Blob;
  readonly name: string;
  readonly options: ImportOptions;
  readonly target: string | null;
  readonly group: string | null;
}

/** Describes a source by what it holds, not by what it is called. */
async function sourceOf(project: OpenProject, file: Blob, name: string): Promise<Hash> {
  const job = project.jobs.start('digest', name, Date.now(), () => undefined, () => undefined);
  try {
    const sha256 = await sourceHash(file, (done, of) => (job.progress = { phase: 'hashing', done, of, facts: {} }));
    return await project.keep({ kind: 'source', schema: 1, body: { sha256, bytes: file.size }, chunks: [] });
  } finally {
    project.jobs.end(job);
  }
}

/** Reads a file into a table artifact; the project does not move. */
export async function readFile(project: OpenProject, choice: ImportChoice): Promise<Asked> {
  const source = await sourceOf(project, choice.file, choice.name);
  return project.ask(
    { op: 'import', params: { options: choice.options, target: choice.target, group: choice.group } as unknown as Json, inputs: { source } },
    { subject: choice.name, files: [{ input: 'source', file: choice.file, name: choice.name }] },
  );
}

/** The state with one more version, which is now in hand. What was split for the version before is split again on demand. */
const withVersion = (project: OpenProject, state: ProjectState, version: Pick<DataVersion, 'table' | 'rows' | 'message'>, parent: DataVersion | null): ProjectState => {
  const number = nextNumber(project.events, state, 'versions');
  const made: DataVersion = { number, ...version, parent: parent?.number ?? null, line: parent?.line ?? number };
  return { ...state, versions: [...state.versions, made], inHand: number, split: null };
};

/** Imports a file as a new version of the project's data. */
export async function importFile(project: OpenProject, choice: ImportChoice, message: string): Promise<Asked> {
  const asked = await readFile(project, choice);
  const table = await project.artifact<TableBody>(asked.record.output);
  const known = project.state.versions.find((version) => version.table === table.id);
  if (known !== undefined && known.number === project.state.inHand) return asked;
  await project.move('imported', { file: choice.name, rows: table.body.rows, table: table.id, bytes: choice.file.size }, (state) => {
    const moved = known === undefined ? withVersion(project, state, { table: table.id, rows: table.body.rows, message }, null) : { ...state, inHand: known.number, split: null };
    return { ...moved, question: { ...moved.question, target: choice.target ?? moved.question.target, group: choice.group ?? moved.question.group } };
  });
  return asked;
}

/** A new version made from the one in hand by an op of the data stage. @param also what follows in the same move, so that one undo takes both back */
export async function makeVersion(project: OpenProject, op: 'edit' | 'append' | 'correct', params: Json, more: Readonly<Record<string, Hash>>, message: string, also = (state: ProjectState): ProjectState => state): Promise<Asked> {
  const version = demandVersion(project.state);
  const asked = await project.ask({ op, params, inputs: { table: version.table, ...more } }, { subject: message });
  const table = await project.artifact<TableBody>(asked.record.output);
  if (table.id === version.table) return asked;
  await project.move('versionMade', { message, table: table.id, from: version.table }, (state) => {
    // Made from a version that is in hand no more, it would put aside what was done meanwhile without a word.
    if (state.inHand !== version.number) throw new Problem({ code: 'versionMoved', details: { from: version.number, to: state.inHand ?? 0 } });
    return also(withVersion(project, state, { table: table.id, rows: table.body.rows, message }, version));
  });
  return asked;
}

/** Takes an earlier version in hand. */
export const takeVersion = (project: OpenProject, number: number): Promise<void> => project.move('versionTaken', { number }, (state) => ({ ...state, inHand: number, split: null }));

export const askQuestion = (project: OpenProject, change: Partial<Question>): Promise<void> =>
  project.move('questionChanged', change as { readonly [key: string]: Json }, (state) => {
    const question = { ...state.question, ...change };
    const same = (['target', 'task', 'positive', 'group', 'time'] as const).every((field) => question[field] === state.question[field]);
    return { ...state, question, split: same ? state.split : null };
  });

export function demandVersion(state: ProjectState): DataVersion {
  const version = versionInHand(state);
  if (version === undefined) throw new Problem({ code: 'noData', details: {} });
  return version;
}

function splitParams(state: ProjectState): SplitParams {
  const { target, task, positive, group, time } = state.question;
  if (target === null) throw new Problem({ code: 'noTarget', details: {} });
  return { task: { target, asked: task, positive }, shares: state.splitChoice.shares, seed: state.splitChoice.seed, group, time };
}

/** What a split was asked for, in one spelling, with columns by the names of their first import: a renamed column is the same column. */
export function splitAsked(params: SplitParams, origin: TableOrigin): string {
  const first = (name: string | null): string | null => origin.columns.find((column) => column.now === name)?.name ?? name;
  return canonicalJson({ ...params, group: first(params.group), time: first(params.time), task: { ...params.task, target: first(params.task.target) } } as unknown as Json);
}

/** The first of these splits that is still there: one that was removed for good can settle nothing any more. */
async function keptAmong(project: OpenProject, made: readonly ProjectEvent[]): Promise<Hash | undefined> {
  for (const { detail } of made) {
    const split = detail.split as Hash;
    if (await hasArtifact(project.database, split)) return split;
  }
  return undefined;
}

/**
 * The split of the version in hand. A version that was split before is split as it was, whatever its line has seen since. Else it is made by
 * the cuts of the latest split of its line: what descends from one import by edits and additions inherits its cuts and its settled rows,
 * so that no edit moves a row. Another import has a line, and cuts, of its own.
 */
export async function currentSplit(project: OpenProject): Promise<Artifact<SplitBody>> {
  const { state } = project;
  const version = demandVersion(state);
  if (state.split !== null) return project.artifact<SplitBody>(state.split);
  const params = splitParams(state);
  const asked = splitAsked(params, (await project.artifact<TableBody>(version.table)).body.origin);
  const alike = project.events.filter((event) => event.kind === 'splitMade' && event.detail.asked === asked);
  const own = await keptAmong(project, alike.filter(({ detail }) => detail.table === version.table));
  if (own !== undefined) {
    const step = (await stepsMaking(project.database, own)).find(({ op, inputs }) => op === 'split' && inputs.table === version.table);
    if (step !== undefined) project.noteFound(step);
  }
  const made = own ?? (await newSplit(project, version, params, await keptAmong(project, alike.filter(({ detail }) => detail.line === version.line).reverse())));
  await project.amend('splitMade', { split: made, table: version.table, line: version.line, asked }, (now) => (now.inHand === version.number && now.split !== made ? { ...now, split: made } : now));
  return project.artifact<SplitBody>(made);
}

async function newSplit(project: OpenProject, version: DataVersion, params: SplitParams, base: Hash | undefined): Promise<Hash> {
  const inputs = { table: version.table, ...(base === undefined ? {} : { base }) };
  return (await project.ask({ op: 'split', params: params as unknown as Json, inputs }, { subject: `v${version.number}` })).record.output;
}

/** Statistics of every column of the version in hand, with what they say about the target. */
export async function profileOfVersion(project: OpenProject): Promise<Asked> {
  const version = demandVersion(project.state);
  const { target, task, positive } = project.state.question;
  return project.ask({ op: 'profile', params: { target, task, positive }, inputs: { table: version.table } }, { subject: `v${version.number}` });
}
