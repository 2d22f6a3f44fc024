/** @file A report on scores: metrics with intervals, criteria on their slices, and what the charts need. */

import type { PerformOp } from '../../steps/op';
import { estimatesApart } from '../replicates';
import { rowGroupsOf } from '../rowGroups';
import { scoredRows } from '../scoredRows';
import { PieceWriter, rowsOf, type TableArtifact } from '../../../src/storage/tables';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import { reliabilityOf } from '../../../src/domain/modelling/calibration';
import { confusion } from '../../../src/domain/modelling/confusion';
import { estimateOf } from '../../../src/domain/modelling/estimate';
import type { NamedEstimate } from '../../../src/domain/modelling/estimates';
import type { Estimate, ScoredRows } from '../../../src/domain/modelling/metric';
import { accuracy } from '../../../src/domain/modelling/metrics/accuracy';
import { metricNamed } from '../../../src/domain/modelling/metrics/registry';
import { precisionRecallCurve, thinnedPrecisionRecall } from '../../../src/domain/modelling/precisionRecall';
import type { CurvePoints, EvaluateParams, ReportBody, ResidualsReport } from '../../../src/domain/modelling/report';
import { residualPoints, residualSummary } from '../../../src/domain/modelling/residuals';
import type { Resampling } from '../../../src/domain/modelling/resampling';
import { takenGroups } from '../../../src/domain/modelling/rowGroups';
import { rocCurve, thinnedRoc } from '../../../src/domain/modelling/roc';
import { takenRows, type ClassifiedRows } from '../../../src/domain/modelling/scoredRows';
import type { ScoresBody } from '../../../src/domain/modelling/scoresManifest';
import { thresholdOutcomes } from '../../../src/domain/modelling/threshold';
import type { Criterion } from '../../../src/domain/scoping/criterion';
import { sliceMask } from '../../../src/domain/scoping/slice';
import type { Table } from '../../../src/domain/data/table';

const mostPoints = 2_000;

const points = (x: Float64Array, y: Float64Array): CurvePoints => ({ x: [...x], y: [...y] });

/** A criterion's metric on its slice. Over all rows it is among the metrics already. */
function criterionEstimate(criterion: Criterion, rows: ScoredRows, table: Table, metrics: readonly NamedEstimate[], { seed, groups }: Resampling): Estimate | null {
  const metric = metricNamed(criterion.metric);
  if (metric === undefined || !metric.shapes.includes(rows.shape)) return null;
  if (criterion.slice.length === 0) return metrics.find(({ name }) => name === metric.name)!.estimate;
  const mask = sliceMask(criterion.slice, table);
  const inside = Uint32Array.from(mask.keys()).filter((i) => mask[i] === 1);
  if (inside.length === 0) return null;
  return estimateOf(metric, takenRows(rows, inside), { seed, groups: groups && takenGroups(groups, inside) });
}

/** Of the rows of each class the share that was told rightly. */
const rightOfClasses = (rows: ClassifiedRows, { seed, groups }: Resampling): Estimate[] =>
  Array.from({ length: rows.classes }, (_, label) => {
    const inside = Uint32Array.from(rows.truth.keys()).filter((i) => rows.truth[i] === label);
    return estimateOf(accuracy, takenRows(rows, inside), { seed, groups: groups && takenGroups(groups, inside) });
  });

function residualsReport(rows: ScoredRows, positions: Uint32Array, seed: number): ResidualsReport {
  const { mean, deviation, quantiles, histogram } = residualSummary(rows);
  const sample = residualPoints(rows, mostPoints, seed);
  return {
    mean,
    deviation,
    quantiles,
    edges: [...histogram.edges],
    counts: [...histogram.counts],
    predicted: [...sample.predicted],
    residuals: [...sample.residuals],
    positions: Array.from(sample.rows, (row) => positions[row]!),
  };
}

/** Positions of all rows, cell after cell; within a cell in order of the table. */
function byCell(rows: ScoredRows, positions: Uint32Array): Uint32Array<ArrayBuffer> {
  if (rows.shape === 'regression') return new Uint32Array(0);
  const { classes, truth, predicted } = rows;
  const counts = new Uint32Array(classes * classes + 1);
  for (let i = 0; i < truth.length; i++) counts[truth[i]! * classes + predicted[i]! + 1]!++;
  for (let cell = 1; cell < counts.length; cell++) counts[cell]! += counts[cell - 1]!;
  const sorted = new Uint32Array(truth.length);
  for (let i = 0; i < truth.length; i++) sorted[counts[truth[i]! * classes + predicted[i]!]!++] = positions[i]!;
  return sorted;
}

export const evaluate: PerformOp = async (context) => {
  const { threshold, criteria, seed } = context.params as unknown as EvaluateParams;
  const scores: Artifact<ScoresBody> = context.input('scores');
  const table: TableArtifact = context.input('table');
  const { task, part } = scores.body;
  context.progress({ phase: 'evaluating', done: 0, of: null, facts: {} });
  const { rows, positions } = await scoredRows(context.database, scores, table, threshold);
  const columns = [...new Set(criteria.flatMap((criterion) => criterion.slice.map((condition) => condition.column)))];
  const sliced = await rowsOf(context.database, table, columns, positions);
  const resampling: Resampling = { seed, groups: await rowGroupsOf(context.database, scores.body, table, positions) };
  const metrics = await estimatesApart(context, rows, resampling);
  await context.breathe();
  const roc = rows.shape === 'binary' ? rocCurve(rows) : null;
  const pr = rows.shape === 'binary' ? precisionRecallCurve(rows) : null;
  const thinRoc = roc && thinnedRoc(roc);
  const thinPr = pr && thinnedPrecisionRecall(pr);
  const pieces = new PieceWriter(context.writer);
  const body: ReportBody = {
    task,
    part,
    n: positions.length,
    threshold: rows.shape === 'binary' ? threshold : null,
    metrics,
    criteria: criteria.map((criterion) => ({ criterion, estimate: criterionEstimate(criterion, rows, sliced, metrics, resampling) })),
    confusion: rows.shape === 'regression' ? null : [...confusion(rows).cells],
    rightOfClass: rows.shape === 'regression' ? null : rightOfClasses(rows, resampling),
    cellRows: rows.shape === 'regression' ? null : await pieces.write(new Uint8Array(byCell(rows, positions).buffer)),
    roc: thinRoc && points(thinRoc.falsePositiveRate, thinRoc.truePositiveRate),
    precisionRecall: thinPr && points(thinPr.recall, thinPr.precision),
    calibration: rows.shape === 'regression' ? null : reliabilityOf(rows, 'equalCount', 10, resampling),
    thresholds: rows.shape === 'binary' ? thresholdOutcomes(rows) : null,
    residuals: rows.shape === 'regression' ? residualsReport(rows, positions, seed) : null,
  };
  await pieces.flush();
  return { kind: 'made', output: { kind: 'report', schema: 1, body, chunks: pieces.chunks } };
};
