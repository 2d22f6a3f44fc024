/** @file Two models on the same rows: the difference of one metric, paired, and a test of who decides rightly more often. */

import { targetOf } from '../../steps/examples';
import type { PerformOp } from '../../steps/op';
import { rowGroupsOf } from '../rowGroups';
import { scoredRows } from '../scoredRows';
import type { TableArtifact } from '../../../src/storage/tables';
import { metricNamed } from '../../../src/domain/modelling/metrics/registry';
import { mcNemarOf, pairedDifference } from '../../../src/domain/modelling/paired';
import type { ComparisonBody } from '../../../src/domain/modelling/report';
import type { ScoresBody } from '../../../src/domain/modelling/scoresManifest';
import { Refusal } from '../../../src/domain/refusal';

export const compare: PerformOp = async (context) => {
  const { metric: name, threshold, seed } = context.params as { readonly metric: string; readonly threshold: number | null; readonly seed: number };
  const metric = metricNamed(name);
  if (metric === undefined) throw new Refusal('unknownMetric', { metric: name, known: '' });
  const table: TableArtifact = context.input('table');
  const [candidateScores, baselineScores] = [context.input<ScoresBody>('candidate'), context.input<ScoresBody>('baseline')];
  const target = await targetOf(context.database, table, candidateScores.body.task);
  const candidate = await scoredRows(context.database, candidateScores, table, threshold, target);
  const isSameTarget = baselineScores.body.task.target === candidateScores.body.task.target;
  const baseline = await scoredRows(context.database, baselineScores, table, threshold, isSameTarget ? target : undefined);
  const groups = await rowGroupsOf(context.database, candidateScores.body, table, candidate.positions);
  const difference = pairedDifference(metric, candidate.rows, baseline.rows, { seed, groups });
  const test = candidate.rows.shape === 'regression' ? null : mcNemarOf(candidate.rows, baseline.rows, groups);
  const body: ComparisonBody = {
    metric: name,
    n: difference.n,
    difference: difference.difference,
    low: difference.low,
    high: difference.high,
    p: difference.p,
    method: difference.method,
    mcNemar: test && { onlyCandidate: test.onlyCandidate, onlyBaseline: test.onlyBaseline, p: test.p, method: test.method },
  };
  return { kind: 'made', output: { kind: 'comparison', schema: 1, body, chunks: [] } };
};
