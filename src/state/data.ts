/** @file What can be done in the data stage: import, edit, append, profile, split. Each makes steps, then moves the project. */

import { sourceHash } from '../jobs/sources';
import type { Asked, OpenProject } from './project.svelte';
import { Problem } from './problem';
import type { Json } from '../domain/canonical';
import type { ImportOptions } from '../domain/data/import/importer';
import type { SplitBody, SplitParams } from '../domain/data/splitManifest';
import type { TableBody } from '../domain/data/tableManifest';
import type { Artifact } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import { versionInHand, type DataVersion, type ProjectState, type Question } from '../domain/pipeline/project';

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
const withVersion = (state: ProjectState, version: Omit<DataVersion, 'number'>): ProjectState => {
  const number = Math.max(0, ...state.versions.map((known) => known.number)) + 1;
  return { ...state, versions: [...state.versions, { ...version, number }], inHand: number, split: null };
};

/** Imports a file as a new version of the project's data. */
export async function importFile(project: OpenProject, choice: ImportChoice, message: string): Promise<Asked> {
  const asked = await readFile(project, choice);
  const table = await project.artifact<TableBody>(asked.record.output);
  const known = project.state.versions.find((version) => version.table === table.id);
  if (known !== undefined && known.number === project.state.inHand) return asked;
  await project.move('imported', { file: choice.name, rows: table.body.rows, table: table.id, bytes: choice.file.size }, (state) => {
    const moved = known === undefined ? withVersion(state, { table: table.id, rows: table.body.rows, message, parent: null }) : { ...state, inHand: known.number, split: null };
    return { ...moved, question: { ...moved.question, target: choice.target ?? moved.question.target, group: choice.group ?? moved.question.group } };
  });
  return asked;
}

/** A new version made from the one in hand by an op of the data stage. */
export async function makeVersion(project: OpenProject, op: 'edit' | 'append', params: Json, more: Readonly<Record<string, Hash>>, message: string): Promise<Asked> {
  const version = demandVersion(project.state);
  const asked = await project.ask({ op, params, inputs: { table: version.table, ...more } }, { subject: message });
  const table = await project.artifact<TableBody>(asked.record.output);
  if (table.id === version.table) return asked;
  await project.move('versionMade', { message, table: table.id, from: version.table }, (state) =>
    withVersion(state, { table: table.id, rows: table.body.rows, message, parent: version.number }),
  );
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

/** The first split that was made with these parameters, and its table: its cuts hold for every later version. */
async function baseSplit(project: OpenProject, params: SplitParams): Promise<{ base: Hash; baseTable: Hash } | undefined> {
  for (const event of project.events) {
    if (event.kind !== 'splitMade') continue;
    const { split, table, params: earlier } = event.detail;
    if (JSON.stringify(earlier) === JSON.stringify(params)) return { base: split as Hash, baseTable: table as Hash };
  }
  return undefined;
}

/** The split of the version in hand: made at first need, by the project's first cuts where it has any. */
export async function currentSplit(project: OpenProject): Promise<Artifact<SplitBody>> {
  const { state } = project;
  const version = demandVersion(state);
  if (state.split !== null) return project.artifact<SplitBody>(state.split);
  const params = splitParams(state);
  const base = await baseSplit(project, params);
  const inputs = { table: version.table, ...(base === undefined || base.baseTable === version.table ? {} : base) };
  const asked = await project.ask({ op: 'split', params: params as unknown as Json, inputs }, { subject: `v${version.number}` });
  const split = await project.artifact<SplitBody>(asked.record.output);
  await project.amend('splitMade', { split: split.id, table: version.table, params: params as unknown as Json }, (now) =>
    now.inHand === version.number && now.split !== split.id ? { ...now, split: split.id } : now,
  );
  return split;
}

/** Statistics of every column of the version in hand, with what they say about the target. */
export async function profileOfVersion(project: OpenProject): Promise<Asked> {
  const version = demandVersion(project.state);
  const { target, task, positive } = project.state.question;
  return project.ask({ op: 'profile', params: { target, task, positive }, inputs: { table: version.table } }, { subject: `v${version.number}` });
}
