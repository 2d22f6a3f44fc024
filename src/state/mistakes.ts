/** @file Which rows stand behind a cell of the confusion matrix. */

import type { OpenProject } from './project.svelte';
import type { ReportBody } from '../domain/modelling/report';
import type { Artifact } from '../domain/pipeline/artifact';
import { bytesOf } from '../storage/tables';

/** First and one past the last place of a cell among the rows listed cell after cell. */
export function placesOfCell(confusion: readonly number[], cell: number): readonly [number, number] {
  const from = confusion.slice(0, cell).reduce((sum, count) => sum + count, 0);
  return [from, from + (confusion[cell] ?? 0)];
}

/** Positions in the table of the rows that are truly one class and were called another, in the table's order. */
export async function rowsInCell(
  project: Pick<OpenProject, 'database'>,
  report: Artifact<ReportBody>,
  truth: number,
  predicted: number,
): Promise<readonly number[]> {
  const { confusion, cellRows, task } = report.body;
  if (confusion === null || cellRows === null || task.kind !== 'classification') return [];
  const bytes = await bytesOf(project.database, report, cellRows);
  const [from, to] = placesOfCell(confusion, truth * task.classes.length + predicted);
  return [...new Uint32Array(bytes.slice(from * 4, to * 4).buffer)];
}
