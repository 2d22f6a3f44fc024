/** @file From examples to what boosting works on: a column of bytes a feature, targets and weights. */

import type { Axis } from '../../../src/domain/modelling/forms/additive';
import { cellsOf } from '../../../src/domain/modelling/forms/additive';
import type { TrainingInput } from '../../../src/domain/modelling/learner';
import { scaleOf, type Scale } from '../loss';
import { binsOf, writeBinned, type FeatureBins } from '../trees/binning';
import type { Problem } from './arithmetic';
import { mostOrdered } from './bags';

export interface BinnedFeature {
  readonly axis: Axis;
  readonly cells: number;
  /** Cell of each row; the last row is the one without weight. */
  readonly column: Uint8Array;
  /** Weight of the training rows in each cell. */
  readonly counts: Float64Array;
}

export interface BinnedRows {
  readonly problem: Problem;
  readonly features: readonly BinnedFeature[];
  readonly trainingRows: number;
  readonly validationRows: number;
  /** Of the target; 0 and 1 for classes. */
  readonly scale: Scale;
}

const rowsAtOnce = 1 << 16;

/** @param pause called between pieces of work of a few milliseconds */
export async function binnedRows(input: TrainingInput, bins: number, pause: () => Promise<void> | undefined): Promise<BinnedRows> {
  const { kind, classes, train, validation, plan, meanings } = input;
  const rows = train.rows + validation.rows + 1;
  const scale = kind === 'regression' ? scaleOf(train) : { mean: 0, deviation: 1 };
  const targets = new Float32Array(rows);
  const weights = new Float32Array(rows);
  let at = 0;
  for (const { y, weights: given, rows: count } of [train, validation]) {
    for (let row = 0; row < count; row++, at++) {
      targets[at] = (y[row]! - scale.mean) / scale.deviation;
      weights[at] = given?.[row] ?? 1;
    }
  }
  const features: BinnedFeature[] = [];
  for (let feature = 0; feature < train.features; feature++) {
    const own = { rows: train.rows, features: 1, x: columnOf(train.x, train.rows, train.features, feature), ...(train.weights ? { weights: train.weights } : {}) };
    const [binning] = binsOf(own, meanings?.[feature] && [meanings[feature]!], { bins, seed: plan.seed });
    await pause();
    const column = new Uint8Array(rows);
    const later = columnOf(validation.x, validation.rows, train.features, feature);
    for (const [x, start, count] of [
      [own.x, 0, train.rows],
      [later, train.rows, validation.rows],
    ] as const) {
      for (let from = 0; from < count; from += rowsAtOnce) {
        writeBinned(x, [binning!], [0], from, Math.min(count, from + rowsAtOnce), column.subarray(start, start + count));
        await pause();
      }
    }
    const axis = axisOf(feature, binning!);
    const cells = cellsOf(axis);
    const counts = new Float64Array(cells);
    for (let row = 0; row < train.rows; row++) counts[column[row]!]! += weights[row]!;
    features.push({ axis, cells, column, counts });
  }
  const outputs = kind === 'classification' && classes !== 2 ? classes : 1;
  const loss = kind === 'regression' ? 'squared' : classes === 2 ? 'logistic' : 'softmax';
  const problem = { loss, outputs, rows, targets, weights, most: mostOrdered(train.rows, validation.rows) } as const;
  return { problem, features, trainingRows: train.rows, validationRows: validation.rows, scale };
}

function columnOf(x: Float32Array, rows: number, features: number, feature: number): Float32Array {
  const column = new Float32Array(rows);
  for (let row = 0, at = feature; row < rows; row++, at += features) column[row] = x[at]!;
  return column;
}

const axisOf = (feature: number, { edges, kept }: FeatureBins): Axis =>
  kept ? { feature, kind: 'category', codes: kept, cells: Uint8Array.from(kept, (_, place) => place + 1) } : { feature, kind: 'number', edges };
