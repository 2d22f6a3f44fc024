/** @file Predictions for every row of a file: what was decided, how often, and all of it as CSV. */

import { demandRun } from './deployment';
import type { OpenProject } from './project.svelte';
import { saveBlob } from './rows';
import { readLike } from './versions';
import { browse, predictionsOf } from '../jobs/browsing';
import type { PredictedRow, PredictionSummary } from '../../workers/browsing/api';
import type { ImportOptions } from '../domain/data/import/importer';
import type { Hash } from '../domain/pipeline/digest';
import type { ModelVersion } from '../domain/pipeline/project';

export type { PredictedRow };

export interface BatchPrediction extends PredictionSummary {
  readonly name: string;
  readonly table: Hash;
  readonly scores: Hash;
  /** The one that decided. */
  readonly threshold: number;
  readonly heldBack: number;
  readonly columns: readonly string[];
}

/** Rows shown of a prediction. */
const shown = 20;

/** Reads a file as the data was read, and predicts every row. The log notes that it was done. */
export async function predictFile(project: OpenProject, version: ModelVersion, file: Blob, name: string, detected: ImportOptions): Promise<BatchPrediction> {
  const run = demandRun(project.state, version);
  const { table } = await readLike(project, run.table, file, name, detected);
  const asked = await project.ask(
    { op: 'score', params: { part: 'all' }, inputs: { model: run.model, recipe: run.recipe, table: table.id } },
    { subject: name },
  );
  const scores = asked.record.output;
  const { threshold } = project.state;
  // comlink's Remote loses the shape of what it hands over.
  const made = (await browse<unknown>((api) => api.predictionSummary(project.database.name, table.id, scores, threshold, shown))) as PredictionSummary;
  await project.remark('predicted', { model: version.number, file: name, rows: made.rows });
  return { ...made, name, table: table.id, scores, threshold, heldBack: table.body.quarantine.count, columns: table.body.columns.map((column) => column.name) };
}

/** Saves the predictions, decided as they were shown, with the row keys of the file's rows. */
export async function savePredictions(project: OpenProject, { table, scores, threshold }: BatchPrediction): Promise<void> {
  const pieces: Blob[] = [];
  // Each piece becomes a Blob at once, so that the browser and not the page holds it.
  await predictionsOf(project.database.name, table, scores, threshold, (text) => void pieces.push(new Blob([text])));
  saveBlob(new Blob(pieces, { type: 'text/csv' }), 'predictions.csv');
}
