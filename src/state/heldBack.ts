/** @file Rows held back: counted by reason and column, corrected and added, or left out as right. */

import { demandVersion, makeVersion } from './data';
import { importOptionsOf } from './lineage';
import type { OpenProject } from './project.svelte';
import { quarantineOf } from './rows';
import type { Json } from '../domain/canonical';
import { cellsHeldBack, type CorrectedRow, type CorrectParams, type HeldBackKind } from '../domain/data/corrections';
import type { ImportOptions, QuarantinedRow, QuarantineReason } from '../domain/data/import/importer';
import type { TableBody } from '../domain/data/tableManifest';
import type { Artifact } from '../domain/pipeline/artifact';
import type { ProjectEvent } from '../domain/pipeline/project';

export interface HeldBackGroup extends HeldBackKind {
  readonly rows: readonly QuarantinedRow[];
}

/** One group for each reason and column, the largest first. */
export function heldBackGroups(rows: readonly QuarantinedRow[]): readonly HeldBackGroup[] {
  const groups = new Map<string, { reason: QuarantineReason; column: string | null; rows: QuarantinedRow[] }>();
  for (const row of rows) {
    const { reason, column = null } = row;
    const key = JSON.stringify([reason, column]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { reason, column, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()].sort((a, b) => b.rows.length - a.rows.length);
}

export interface HeldBack {
  readonly rows: readonly QuarantinedRow[];
  /** How the file was read; null where the step is not known any more, and nothing can be taken apart. */
  readonly options: ImportOptions | null;
}

/** The rows held back at the import behind a table, with how they were read. */
export async function readHeldBack(project: OpenProject, table: Artifact<TableBody>): Promise<HeldBack> {
  return { rows: await quarantineOf(project, table.id), options: await importOptionsOf(project, table.id) };
}

/** A record as a row to be corrected: its cells, one a column of the first import. */
export const draftOf = (row: QuarantinedRow, options: ImportOptions, table: TableBody): CorrectedRow => ({ line: row.line, cells: cellsHeldBack(row, options, table) });

/** Makes a version with records that were held back. @returns how many were added */
async function corrected(project: OpenProject, params: CorrectParams, message: string): Promise<number> {
  const before = demandVersion(project.state).rows;
  await makeVersion(project, 'correct', params as unknown as Json, {}, message);
  return demandVersion(project.state).rows - before;
}

/** Adds a record as it was corrected. @throws Problem correctionMisfit {line, column, value, reason}, notHeldBack {line} */
export const addCorrected = (project: OpenProject, row: CorrectedRow, { decimal, missing }: ImportOptions, message: string): Promise<number> =>
  corrected(project, { rows: [row], reading: { decimal, missing } }, message);

/** Adds every record of a kind without the one cell that does not fit, as far as nothing else is wrong with it. @throws Problem correctionLeavesAll {rows} */
export const addWithout = (project: OpenProject, { reason, column }: HeldBackKind, options: ImportOptions, message: string): Promise<number> =>
  corrected(project, { without: { reason, column }, options }, message);

/** Names a kind of rows of one import: its line. */
const nameOf = ({ reason, column }: HeldBackKind, line: number): string => JSON.stringify(['heldBack', line, reason, column]);

/** Whether somebody said that rows of this kind are rightly left out: the last remark decides. @param events in order of sequence @param line of the version */
export const isLeftOut = (events: readonly ProjectEvent[], group: HeldBackKind, line: number): boolean =>
  events.findLast(({ kind, detail }) => kind === 'alertSettled' && detail.finding === nameOf(group, line))?.detail.settled === true;

/** Says that rows of a kind are rightly left out, or takes it back. The data do not change by it. @param why in words, for the log */
export const leaveOut = (project: OpenProject, group: HeldBackKind, out: boolean, why: string): Promise<void> =>
  project.remark('alertSettled', { finding: nameOf(group, demandVersion(project.state).line), settled: out, why });
