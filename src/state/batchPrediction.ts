/** @file Predictions for every row of a file: what was decided, how often, and all of it as CSV. */

import { demandRun } from './deployment';
import { predictionsFile } from './exporting';
import { batchOptions } from './monitoring';
import { readFile } from './data';
import type { OpenProject } from './project.svelte';
import { rowsOf, saveBlob } from './rows';
import { floatsOf } from './scoreAnswers';
import type { ImportOptions } from '../domain/data/import/importer';
import type { TableBody } from '../domain/data/tableManifest';
import type { ScoresBody } from '../domain/modelling/scoresManifest';
import type { Task } from '../domain/modelling/task';
import { decide } from '../domain/modelling/threshold';
import type { Hash } from '../domain/pipeline/digest';
import type { ModelVersion } from '../domain/pipeline/project';

export interface PredictedRow {
  /** Position in the file's table, from 0. */
  readonly row: number;
  /** Text of each input cell; null where missing. */
  readonly cells: readonly (string | null)[];
  /** The class or the value. */
  readonly predicted: string | number;
  /** Of the class that is followed: the positive one, else the one decided. Null for values. */
  readonly probability: number | null;
}

export interface BatchPrediction {
  readonly name: string;
  readonly table: Hash;
  readonly scores: Hash;
  readonly task: Task;
  readonly rows: number;
  readonly heldBack: number;
  readonly columns: readonly string[];
  readonly first: readonly PredictedRow[];
  /** Rows decided for each class, in the task's order. Empty for values. */
  readonly counts: readonly number[];
  /** Of the predicted values. Null for classes. */
  readonly summary: { readonly mean: number; readonly low: number; readonly high: number } | null;
}

/** Rows shown of a prediction. */
const shown = 20;

/** How often each class was decided. */
export function classCounts(decided: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of decided) counts[label]!++;
  return counts;
}

/** Reads a file as the data was read, and predicts every row. The log notes that it was done. */
export async function predictFile(project: OpenProject, version: ModelVersion, file: Blob, name: string, detected: ImportOptions): Promise<BatchPrediction> {
  const run = demandRun(project.state, version);
  const read = await readFile(project, { file, name, options: await batchOptions(project, run.table, detected), target: null, group: null });
  const table = await project.artifact<TableBody>(read.record.output);
  const asked = await project.ask(
    { op: 'score', params: { part: 'all' }, inputs: { model: run.model, recipe: run.recipe, table: table.id } },
    { subject: name },
  );
  const scores = await project.artifact<ScoresBody>(asked.record.output);
  const { task, rows } = scores.body;
  const answers = await floatsOf(project, scores, scores.body.answers);
  const grid = await rowsOf(project, table.id, { kind: 'all' }, 0, shown);
  const common = {
    name,
    table: table.id,
    scores: scores.id,
    task,
    rows,
    heldBack: table.body.quarantine.count,
    columns: table.body.columns.map((column) => column.name),
  };
  let made: BatchPrediction;
  if (task.kind === 'regression') {
    let sum = 0;
    let low = Infinity;
    let high = -Infinity;
    for (const value of answers) {
      sum += value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    made = {
      ...common,
      first: grid.map(({ row, cells }) => ({ row, cells, predicted: answers[row]!, probability: null })),
      counts: [],
      summary: rows === 0 ? null : { mean: sum / rows, low, high },
    };
  } else {
    const classes = task.classes.length;
    const decided = decide(answers, classes, task.positive, task.positive === null ? null : project.state.threshold);
    made = {
      ...common,
      first: grid.map(({ row, cells }) => ({
        row,
        cells,
        predicted: task.classes[decided[row]!]!,
        probability: answers[row * classes + (task.positive ?? decided[row]!)]!,
      })),
      counts: classCounts(decided, classes),
      summary: null,
    };
  }
  await project.remark('predicted', { model: version.number, file: name, rows });
  return made;
}

/** Saves the predictions with the row keys of the file's rows. */
export async function savePredictions(project: OpenProject, made: BatchPrediction): Promise<void> {
  const { bytes } = await predictionsFile(project, made.table, made.scores);
  saveBlob(new Blob([bytes], { type: 'text/csv' }), 'predictions.csv');
}
