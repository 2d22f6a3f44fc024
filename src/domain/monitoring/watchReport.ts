/** @file The body of a drift artifact: what a batch looks like beside the data its model learnt from. JSON only. */

import type { SchemaFinding } from './batchSchema';
import type { DriftReport } from './driftReport';
import type { PredictionDrift } from './predictionDrift';

export interface WatchBody {
  readonly rows: number;
  /** Compared with the training rows of the reference. */
  readonly columns: DriftReport;
  readonly schema: readonly SchemaFinding[];
  /** Null when no model watches. Compared with what the model said of its validation rows. */
  readonly predictions: PredictionDrift | null;
  /** Whether the batch has the target column with at least one value. */
  readonly labelled: boolean;
}

export interface DriftParams {
  readonly seed: number;
  readonly target: string | null;
  readonly exclude: readonly string[];
  readonly threshold: number | null;
}
