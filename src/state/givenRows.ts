/** @file The rows that an address points at by a cell of a run's matrix: `<report hash>:<truth>:<predicted>`, classes by their index. */

import { rowsInCell } from './mistakes';
import type { OpenProject } from './project.svelte';
import type { RowChoice } from './rows';
import type { ReportBody } from '../domain/modelling/report';
import type { Hash } from '../domain/pipeline/digest';

export interface CellName {
  readonly report: Hash;
  readonly truth: number;
  readonly predicted: number;
}

/** The parts of a cell's name; null when the text is none. */
export function cellNamed(text: string): CellName | null {
  const found = /^(sha256:[0-9a-f]{64}):(\d{1,5}):(\d{1,5})$/.exec(text);
  return found ? { report: found[1] as Hash, truth: Number(found[2]), predicted: Number(found[3]) } : null;
}

/** Those rows of the table; null when no run of this project on this very table has that report. */
export async function givenRows(project: OpenProject, table: Hash, text: string): Promise<RowChoice | null> {
  const cell = cellNamed(text);
  const run = project.state.runs.find((one) => one.table === table && (one.report === cell?.report || one.test === cell?.report));
  if (cell === null || run === undefined) return null;
  return { kind: 'rows', rows: await rowsInCell(project, await project.artifact<ReportBody>(cell.report), cell.truth, cell.predicted) };
}
