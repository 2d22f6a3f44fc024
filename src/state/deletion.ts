/**
 * @file Deleting for good: a version, or the rows of a person in every table. The one thing that destroys. It leaves tombstones in the
 * lineage, cannot be undone, and is verified by a scan of what is left. What another project leads to stays for that project.
 */

import { currentSplit } from './data';
import { redrifted } from './redrift';
import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import { keysIn, keysOfRows } from './rows';
import { choiceOf } from './rowChoice';
import { collect, jobsRunning, remains } from '../storage/collect';
import { holdings, livingReach, type Reach } from '../storage/reach';
import type { TableArtifact } from '../storage/tables';
import type { Edit } from '../domain/data/edit';
import { columnNamed } from '../domain/data/table';
import type { ArtifactKind } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import { opNamed } from '../domain/pipeline/ops';
import type { ProjectState, Watch } from '../domain/pipeline/project';
import type { Condition } from '../domain/scoping/criterion';

/** Outputs that spell cells of the table they were made from: counts by category, examples, rows as proof. Those that hold only numbers stay. */
const tellingKinds: readonly ArtifactKind[] = ['profile', 'diff', 'drift', 'package'];

export interface Removal {
  /** Artifacts that are buried, with a tombstone each. */
  readonly artifacts: readonly Hash[];
  /** Chunks that nothing else named, and are gone. */
  readonly chunks: number;
  /** Of the artifacts, those that another project of this browser holds, so that their bytes stay. */
  readonly elsewhere: number;
  /** What the scan still found: empty, or the removal has failed. */
  readonly left: readonly Hash[];
}

export interface RowsRemoval extends Removal {
  /** One that stood in several versions counts once. */
  readonly rows: number;
  /** Versions that were replaced by one without them. */
  readonly versions: number;
  /** Watched batches, predicted files and undone tables that were treated. */
  readonly others: number;
  /** Rows held back at import, in tables that stay: they have no key and were not looked through. */
  readonly heldBack: number;
}

/** Removal and collection go together: while something computes, in this tab or another, neither begins. */
async function demandQuiet(project: OpenProject): Promise<void> {
  if (project.jobs.running.length > 0 || (await jobsRunning(project.database))) throw new Problem({ code: 'jobsRunning', details: {} });
}

/** What goes with tables: outputs of these kinds that were made from one of them directly. */
function madeFrom(reach: Reach, tables: ReadonlySet<Hash>, kinds: readonly ArtifactKind[]): Hash[] {
  return [...reach.steps.values()].filter(({ op, inputs }) => kinds.includes(opNamed(op).output) && Object.values(inputs).some((input) => tables.has(input))).map((step) => step.output);
}

/** Packages that go: a model keeps its figures, and its files can be made again while its data are there. */
const withoutPackages = (state: ProjectState, doomed: ReadonlySet<Hash>): ProjectState => ({
  ...state,
  models: state.models.map((model) => (model.package !== null && doomed.has(model.package) ? { ...model, package: null } : model)),
});

/** Buries what the state does not hold, collects, and looks again. Chunks that a kept artifact names as well are no business of this removal. */
async function removed(project: OpenProject, before: Reach, candidates: Iterable<Hash>, what: 'version' | 'rows'): Promise<Removal> {
  const { database } = project;
  const held = holdings(project.state);
  const doomed = [...new Set(candidates)].filter((id) => !held.has(id));
  await project.bury(doomed, what);
  if ((await collect(database)) === undefined) throw new Problem({ code: 'jobsRunning', details: {} });
  const living = await livingReach(database);
  const chunks = new Set<Hash>();
  for (const id of doomed) for (const { hash } of before.artifacts.get(id)?.chunks ?? []) if (!living.chunks.has(hash)) chunks.add(hash);
  const artifacts = doomed.filter((id) => before.artifacts.has(id));
  const own = artifacts.filter((id) => !living.artifacts.has(id));
  return { artifacts, chunks: chunks.size, elsewhere: artifacts.length - own.length, left: await remains(database, own, [...chunks]) };
}

/**
 * Removes a version of the data. Runs that learnt from it keep their models and figures, and say that their data is gone.
 * @throws Problem versionInHand for the version in hand; jobsRunning while something is being computed
 */
export async function deleteVersion(project: OpenProject, number: number): Promise<Removal> {
  const version = project.state.versions.find((one) => one.number === number);
  if (version === undefined) throw new Problem({ code: 'versionUnknown', details: { version: number } });
  if (project.state.inHand === number) throw new Problem({ code: 'versionInHand', details: { version: number } });
  await demandQuiet(project);
  const before = await livingReach(project.database, [project.id]);
  // Another version, or a watched batch, may be this very table: then the table stays with it.
  const shared = project.state.versions.some((one) => one.number !== number && one.table === version.table) || project.state.watches.some((watch) => watch.batch === version.table);
  const doomed = new Set(shared ? [] : [version.table, ...madeFrom(before, new Set([version.table]), tellingKinds)]);
  await project.moveForGood('deletedForGood', { what: 'version', version: number, table: version.table, rows: version.rows, message: version.message }, (state) =>
    withoutPackages({ ...state, versions: state.versions.filter((one) => one.number !== number) }, doomed),
  );
  return removed(project, before, doomed, 'version');
}

/** Every table that the project's log leads to: of versions, of undone states, of batches watched or predicted. */
const tablesIn = (reach: Reach): TableArtifact[] => [...reach.artifacts].filter(([, manifest]) => manifest.kind === 'table').map(([id, manifest]) => ({ id, ...manifest }) as unknown as TableArtifact);

export interface PersonRows {
  /** Keys of the rows that match, 32 hexadecimal digits each. */
  readonly keys: readonly string[];
  /** How many rows have them; one that stands in several versions counts once. */
  readonly rows: number;
  /** Versions that hold a row of such a key, by number. */
  readonly versions: readonly number[];
  /** Other tables that do: batches, undone versions. */
  readonly others: number;
}

/**
 * The rows that match conditions, in every table of the project that has the columns. Rows that share a key (copies, or a group) go together.
 * @throws Problem unknownColumn {column} when no table has it
 */
export async function personRows(project: OpenProject, conditions: readonly Condition[]): Promise<PersonRows> {
  const tables = tablesIn(await livingReach(project.database, [project.id]));
  const fitting = tables.filter(({ body }) => conditions.every(({ column }) => columnNamed(body.columns, column) !== undefined));
  if (conditions.length === 0 || fitting.length === 0) throw new Problem({ code: 'unknownColumn', details: { column: conditions[0]?.column ?? '' } });
  const choice = choiceOf(conditions);
  const matching = new Set<string>();
  for (const { id } of fitting) for (const key of await keysOfRows(project, id, choice)) matching.add(key);
  const keys = [...matching];
  const holding = new Set<Hash>();
  const copies = new Map<string, number>();
  for (const { id } of tables) if (counted(await keysIn(project, id, keys), copies) > 0) holding.add(id);
  const versions = project.state.versions.filter((version) => holding.has(version.table));
  const named = new Set(versions.map((version) => version.table));
  return { keys, rows: sumOf(copies), versions: versions.map(({ number }) => number), others: [...holding].filter((id) => !named.has(id)).length };
}

/** Whether an edit spells a cell of one of these rows in its parameters. */
const spells = (params: unknown, wanted: ReadonlySet<string>): boolean =>
  ((params as { readonly edits?: readonly Edit[] }).edits ?? []).some((edit) => edit.op === 'setCell' && wanted.has(edit.key));

/**
 * Removes the rows with these keys from every table that the project's log leads to. Versions and watched batches are replaced by ones
 * without them; undone and predicted tables go whole. Runs that learnt from the old ones are out of date and keep their figures.
 * The split of the version in hand is made anew by its old cuts before the old splits go, so that no other row changes sides.
 * Rows held back at import have no key: they go with their version.
 * @param keys 32 hexadecimal digits each
 * @throws Problem editLeavesNoRows {rows} when the version in hand would be empty; jobsRunning
 */
export async function deleteRows(project: OpenProject, keys: readonly string[]): Promise<RowsRemoval> {
  await demandQuiet(project);
  const { database } = project;
  const wanted = new Set(keys);
  const before = await livingReach(database, [project.id]);
  const affected = new Map<Hash, { readonly rows: number; readonly whole: boolean }>();
  const found = new Map<string, number>();
  for (const table of tablesIn(before)) {
    const rows = counted(await keysIn(project, table.id, keys), found);
    if (rows > 0) affected.set(table.id, { rows: table.body.rows - rows, whole: rows === table.body.rows });
  }
  const { state } = project;
  const inHand = state.versions.find((version) => version.number === state.inHand);
  if (inHand !== undefined && affected.get(inHand.table)?.whole) throw new Problem({ code: 'editLeavesNoRows', details: { rows: inHand.rows } });

  const replaced = new Map<Hash, { readonly table: Hash; readonly rows: number }>();
  for (const table of new Set([...state.versions.map((version) => version.table), ...state.watches.map((watch) => watch.batch)])) {
    const hit = affected.get(table);
    if (hit === undefined || hit.whole) continue;
    const asked = await project.ask({ op: 'edit', params: { edits: [{ op: 'deleteRows', keys: [...keys] }] }, inputs: { table } });
    replaced.set(table, { table: asked.record.output, rows: hit.rows });
  }
  const goesWhole = (table: Hash): boolean => affected.get(table)?.whole === true;
  const watches: Watch[] = [];
  for (const watch of state.watches) {
    if (goesWhole(watch.batch)) continue;
    const moved: Watch = { ...watch, batch: replaced.get(watch.batch)?.table ?? watch.batch, rows: replaced.get(watch.batch)?.rows ?? watch.rows };
    const drift = await redrifted(project, watch, moved.batch, before, new Set(affected.keys()), (table) => replaced.get(table)?.table);
    if (drift !== undefined) watches.push({ ...moved, drift });
  }
  const tables = new Set(affected.keys());
  const doomed = new Set<Hash>([...tables, ...madeFrom(before, tables, [...tellingKinds, 'split'])]);
  for (const step of before.steps.values()) {
    // A correction spells whole records: it goes with any table of its rows.
    if ((step.op === 'edit' && spells(step.params, wanted)) || (step.op === 'correct' && tables.has(step.output))) doomed.add(step.key);
  }

  const versions = state.versions.filter((version) => affected.has(version.table)).length;
  const wasSplit = project.events.some((event) => event.kind === 'splitMade');
  await project.moveForGood('deletedForGood', { what: 'rows', rows: sumOf(found), versions }, (now) =>
    withoutPackages(
      {
        ...now,
        split: inHand !== undefined && affected.has(inHand.table) ? null : now.split,
        versions: now.versions.filter((version) => !goesWhole(version.table)).map((version) => ({ ...version, ...replaced.get(version.table) })),
        watches,
      },
      doomed,
    ),
  );
  if (wasSplit && project.state.question.target !== null) await resplit(project);
  const removal = await removed(project, before, doomed, 'rows');

  const after = await livingReach(database, [project.id]);
  const left = new Set(removal.left);
  let heldBack = 0;
  for (const table of tablesIn(after)) {
    heldBack += table.body.quarantine.count;
    if ((await keysIn(project, table.id, keys)).size > 0) left.add(table.id);
  }
  for (const [id, manifest] of after.artifacts) {
    if (manifest.kind === 'split' && (await keysIn(project, id, keys)).size > 0) left.add(id);
  }
  return { ...removal, left: [...left], rows: sumOf(found), versions, others: affected.size - new Set(state.versions.map((version) => version.table).filter((table) => affected.has(table))).size, heldBack };
}

/** The version in hand is split by its old cuts. Where that cannot be done (a class has no rows left), it is told at the next need of a split. */
async function resplit(project: OpenProject): Promise<void> {
  try {
    await currentSplit(project);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

/** Takes, for each key, the most rows that any one table has of it: their sum counts a row of several versions once. @returns rows of this table */
function counted(here: ReadonlyMap<string, number>, copies: Map<string, number>): number {
  for (const [key, times] of here) copies.set(key, Math.max(times, copies.get(key) ?? 0));
  return sumOf(here);
}

const sumOf = (copies: ReadonlyMap<string, number>): number => [...copies.values()].reduce((sum, times) => sum + times, 0);
