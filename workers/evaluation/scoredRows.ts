/** @file From stored scores to the rows that metrics take. */

import { targetOf, truthOf } from '../steps/examples';
import { storedScores } from '../steps/stored';
import type { Database } from '../../src/storage/database';
import type { TableArtifact } from '../../src/storage/tables';
import type { Artifact } from '../../src/domain/pipeline/artifact';
import type { Column } from '../../src/domain/data/table';
import type { ScoredRows } from '../../src/domain/modelling/metric';
import type { ScoresBody } from '../../src/domain/modelling/scoresManifest';
import { decide } from '../../src/domain/modelling/threshold';
import { Refusal } from '../../src/domain/refusal';

export interface Scored {
  readonly rows: ScoredRows;
  /** Position in the table of each row. */
  readonly positions: Uint32Array;
}

/**
 * The scored rows whose truth is known.
 * @param target the table's target column, where it was read already
 * @param threshold decision threshold of a binary model; null for the likelier class
 * @throws Refusal noLabels when no scored row has a known truth
 */
export async function scoredRows(database: Database, scores: Artifact<ScoresBody>, table: TableArtifact, threshold: number | null, target?: Column): Promise<Scored> {
  const { task } = scores.body;
  const labels = target ?? (await targetOf(database, table, task));
  if (labels === undefined) throw new Refusal('noLabels', { target: task.target });
  const truth = truthOf(labels, task);
  const { positions, answers } = await storedScores(database, scores);
  const known = Uint32Array.from(positions.keys()).filter((i) => !Number.isNaN(truth[positions[i]!]!));
  if (known.length === 0) throw new Refusal('noLabels', { target: task.target });
  const places = Uint32Array.from(known, (i) => positions[i]!);
  if (task.kind === 'regression')
    return { rows: { shape: 'regression', truth: Float64Array.from(places, (row) => truth[row]!), predicted: Float64Array.from(known, (i) => answers[i]!) }, positions: places };
  const classes = task.classes.length;
  const probabilities = new Float64Array(known.length * classes);
  known.forEach((i, at) => probabilities.set(answers.subarray(i * classes, (i + 1) * classes), at * classes));
  return {
    rows: {
      shape: classes === 2 ? 'binary' : 'multiclass',
      classes,
      positive: task.positive,
      truth: Int32Array.from(places, (row) => truth[row]!),
      predicted: decide(probabilities, classes, task.positive, threshold),
      probabilities,
    },
    positions: places,
  };
}
