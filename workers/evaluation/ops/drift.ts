/** @file A batch against the rows a model learnt from: columns, schema, predictions. */

import type { PerformOp } from '../../steps/op';
import { partsOf, positionsOf } from '../../steps/examples';
import { bytesOf, columnOf, type TableArtifact } from '../../../src/storage/tables';
import type { Database } from '../../../src/storage/database';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import type { SplitBody } from '../../../src/domain/data/splitManifest';
import { cellsAt } from '../../../src/domain/data/rowsAt';
import type { ScoresBody } from '../../../src/domain/modelling/scoresManifest';
import { decide } from '../../../src/domain/modelling/threshold';
import { batchSchema, type SchemaFinding } from '../../../src/domain/monitoring/batchSchema';
import { columnDrift, type ColumnDrift } from '../../../src/domain/monitoring/columnDrift';
import { driftAlpha, judged, reasonNotCompared, type UncomparedColumn } from '../../../src/domain/monitoring/driftReport';
import { predictionDrift, type Predictions } from '../../../src/domain/monitoring/predictionDrift';
import type { DriftParams, WatchBody } from '../../../src/domain/monitoring/watchReport';
import { Refusal } from '../../../src/domain/refusal';

const draws = 200;

async function predictionsIn(database: Database, scores: Artifact<ScoresBody>, threshold: number | null): Promise<Predictions> {
  const answers = new Float64Array((await bytesOf(database, scores, scores.body.answers)).slice().buffer);
  const { task } = scores.body;
  if (task.kind === 'regression') return { kind: 'regression', predicted: answers };
  const predicted = decide(answers, task.classes.length, task.positive, threshold);
  return { kind: 'classification', classes: task.classes, positive: task.positive, predicted, probabilities: answers };
}

/** Classes of the target that the reference does not know: their rows cannot be judged, which must not go unsaid. */
async function newClasses(database: Database, reference: TableArtifact, batch: TableArtifact, target: string | null): Promise<readonly SchemaFinding[]> {
  const [ours, theirs] = [reference, batch].map((table) => table.body.columns.findIndex((column) => column.name === target));
  if (ours! < 0 || theirs! < 0) return [];
  const found = batchSchema([await columnOf(database, reference, ours!)], [await columnOf(database, batch, theirs!)]);
  return found.filter((finding) => finding.kind === 'newCategories');
}

export const drift: PerformOp = async (context) => {
  const { seed, target, exclude, threshold } = context.params as unknown as DriftParams;
  const { database } = context;
  const reference: TableArtifact = context.input('reference');
  const batch: TableArtifact = context.input('batch');
  const training = positionsOf(await partsOf(database, context.input<SplitBody>('split')), [0]);
  if (training.length === 0 || batch.body.rows === 0) throw new Refusal('nothingToCompare', { reference: training.length, batch: batch.body.rows });
  const left = new Set([...exclude, ...(target === null ? [] : [target])]);
  const compared: ColumnDrift[] = [];
  const notCompared: UncomparedColumn[] = [];
  // Column by column, so that neither table is ever whole in memory.
  const schema: SchemaFinding[] = [...(await newClasses(database, reference, batch, target))];
  const watched = reference.body.columns.map((column, index) => ({ ...column, index })).filter((column) => !left.has(column.name));
  for (const [done, { name, type, index }] of watched.entries()) {
    context.progress({ phase: 'comparing', done, of: watched.length, facts: { column: name } });
    const other = batch.body.columns.findIndex((column) => column.name === name);
    const whole = await columnOf(database, reference, index);
    const current = other < 0 ? undefined : await columnOf(database, batch, other);
    // Categories count as known when any row of the data has them, not only the training rows.
    schema.push(...batchSchema([whole], current ? [current] : []));
    const reason = reasonNotCompared(type, current?.type);
    if (reason !== null) notCompared.push({ name, reason });
    else compared.push(columnDrift(cellsAt(whole, training), current!, { seed, alpha: driftAlpha, draws }));
    await context.breathe();
  }
  const extra = batch.body.columns.filter((column) => !left.has(column.name) && !reference.body.columns.some((known) => known.name === column.name));
  for (const column of extra) schema.push({ kind: 'extraColumn', column: column.name, type: column.type });
  const predictions = context.has('referenceScores')
    ? predictionDrift(
        await predictionsIn(database, context.input<ScoresBody>('referenceScores'), threshold),
        await predictionsIn(database, context.input<ScoresBody>('batchScores'), threshold),
        { seed },
      )
    : null;
  const labels = target === null ? undefined : batch.body.columns.find((column) => column.name === target);
  const body: WatchBody = {
    rows: batch.body.rows,
    columns: { seed, alpha: driftAlpha, draws, rows: { reference: training.length, current: batch.body.rows }, ...judged(compared, driftAlpha), notCompared },
    schema,
    predictions,
    labelled: labels !== undefined && labels.missing < batch.body.rows,
  };
  return { kind: 'made', output: { kind: 'drift', schema: 1, body, chunks: [] } };
};
