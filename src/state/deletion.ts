/**
 * @file Deleting for good: a version, or the rows of a person in every version. The one thing that destroys. It leaves a tombstone in the
 * lineage, cannot be undone, and is verified by a scan of what is left.
 */

import { downstream } from './lineage';
import type { OpenProject } from './project.svelte';
import { Problem } from './problem';
import { artifactOf, MissingPiece } from '../storage/artifacts';
import { bury, collect, jobsRunning, remains } from '../storage/collect';
import { projectHeads } from '../storage/projects';
import { reachOf } from '../storage/reach';
import { keysOf, type TableArtifact } from '../storage/tables';
import { keyHex, keyBytes } from '../domain/data/keyHex';
import type { TableBody } from '../domain/data/tableManifest';
import type { Hash } from '../domain/pipeline/digest';
import { opNamed } from '../domain/pipeline/ops';

/** Outputs that spell values of rows; those that hold only numbers about many rows stay. */
const tellingKinds: readonly string[] = ['profile', 'diff'];

export interface Removal {
  /** Artifacts that are gone, with a tombstone each. */
  readonly artifacts: readonly Hash[];
  /** Chunks that nothing else named, and are gone. */
  readonly chunks: number;
  /** What the scan still found: empty, or the removal has failed. */
  readonly left: readonly Hash[];
}

/** The artifacts to remove with a table: itself, and what spells its values. */
async function doomedWith(project: OpenProject, table: Hash): Promise<Hash[]> {
  const telling = (await downstream(project, table)).filter((step) => Object.values(step.inputs).includes(table) && tellingKinds.includes(opNamed(step.op).output));
  return [table, ...telling.map((step) => step.output)];
}

/** Removal and collection go together: while something computes, in this tab or another, neither begins. */
async function demandQuiet(project: OpenProject): Promise<void> {
  if (project.jobs.running.length > 0 || (await jobsRunning(project.database))) throw new Problem({ code: 'jobsRunning', details: {} });
}

async function chunksIn(project: OpenProject, artifacts: readonly Hash[]): Promise<Hash[]> {
  const chunks = new Set<Hash>();
  for (const id of artifacts) {
    try {
      for (const chunk of (await artifactOf(project.database, id)).chunks) chunks.add(chunk.hash);
    } catch (error) {
      if (!(error instanceof MissingPiece)) throw error;
    }
  }
  return [...chunks];
}

/** Buries, collects, and looks again. Chunks that a kept artifact names as well are no business of this removal. */
async function removed(project: OpenProject, doomed: readonly Hash[], what: 'version' | 'rows'): Promise<Removal> {
  const { database } = project;
  const candidates = await chunksIn(project, doomed);
  await bury(database, doomed, what, Date.now());
  const collected = await collect(database);
  if (collected === undefined) throw new Problem({ code: 'jobsRunning', details: {} });
  const heads = await projectHeads(database);
  const reach = await reachOf(
    database,
    heads.map((head) => head.id),
  );
  const dead = new Set(doomed);
  const named = new Set<Hash>();
  for (const [id, manifest] of reach.artifacts) if (!dead.has(id)) manifest.chunks.forEach((chunk) => named.add(chunk.hash));
  const exclusive = candidates.filter((hash) => !named.has(hash));
  return { artifacts: doomed, chunks: exclusive.length, left: await remains(database, doomed, exclusive) };
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
  const doomed = await doomedWith(project, version.table);
  await project.moveForGood('deletedForGood', { what: 'version', version: number, table: version.table }, (state) => ({ ...state, versions: state.versions.filter((one) => one.number !== number) }));
  return removed(project, doomed, 'version');
}

/**
 * Removes the rows with these keys from every version and every watched batch. Each table is replaced by one without them; runs that
 * learnt from the old ones are out of date. Rows held back at import are not keyed: they go with the version they belong to.
 * @param keys 32 hexadecimal digits each
 */
export async function deleteRows(project: OpenProject, keys: readonly string[]): Promise<Removal & { readonly rows: number }> {
  await demandQuiet(project);
  const wanted = new Set(keys);
  const { state } = project;
  const tables = [...new Set([...state.versions.map((version) => version.table), ...state.watches.map((watch) => watch.batch)])];
  const replaced = new Map<Hash, { readonly table: Hash; readonly rows: number }>();
  let rows = 0;
  for (const table of tables) {
    const before: TableArtifact = await project.artifact<TableBody>(table);
    const found = keysIn(await keysOf(project.database, before), wanted);
    if (found === 0) continue;
    rows += found;
    const asked = await project.ask({ op: 'edit', params: { edits: [{ op: 'deleteRows', keys: [...keys] }] }, inputs: { table } });
    replaced.set(table, { table: asked.record.output, rows: before.body.rows - found });
  }
  const doomed = (await Promise.all([...replaced.keys()].map((table) => doomedWith(project, table)))).flat();
  await project.moveForGood('deletedForGood', { what: 'rows', rows }, (now) => ({
    ...now,
    split: null,
    versions: now.versions.map((version) => ({ ...version, ...replaced.get(version.table) })),
    watches: now.watches.map((watch) => ({ ...watch, batch: replaced.get(watch.batch)?.table ?? watch.batch, rows: replaced.get(watch.batch)?.rows ?? watch.rows })),
  }));
  const removal = await removed(project, doomed, 'rows');
  const left = [...removal.left];
  for (const { table } of replaced.values()) if (keysIn(await keysOf(project.database, await project.artifact<TableBody>(table)), wanted) > 0) left.push(table);
  return { ...removal, left, rows };
}

function keysIn(keys: Uint8Array, wanted: ReadonlySet<string>): number {
  let found = 0;
  for (let row = 0; row < keys.length / keyBytes; row++) if (wanted.has(keyHex(keys, row))) found++;
  return found;
}
