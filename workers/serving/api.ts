/** @file The worker that answers single requests with a loaded model: live predictions, and how long they take. */

import type { NamedEstimate } from '../../src/domain/modelling/estimates';
import type { Hash } from '../../src/domain/pipeline/digest';
import type { RefusalValue } from '../../src/domain/refusal';

/** A request: one value a column, as text; null where not stated. Numbers and dates are parsed here, as at import. */
export type Request = readonly { readonly column: string; readonly value: string | null }[];

export type Answer =
  | { readonly kind: 'classes'; readonly label: string; readonly probabilities: readonly number[] }
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'refused'; readonly refusal: RefusalValue };

/** How one model serves on this device. */
export interface ServiceMeasurement {
  /** Every software metric with its interval. */
  readonly estimates: readonly NamedEstimate[];
  /** Timings, warm-up excluded: fewer than were asked for where the model is slow. */
  readonly n: number;
  /** Requests in each timing: more than one where a request is quicker than the browser's clock can tell. */
  readonly together: number;
  /** Rows of a pass: fewer than usual where all would take long. */
  readonly batchRows: number;
  /** Requests before them that are not counted. */
  readonly warmUp: number;
}

export interface ServingApi {
  ping(): Promise<true>;
  /** Loads a model with its recipe; earlier ones are forgotten. */
  load(database: string, model: Hash, recipe: Hash, threshold: number | null): Promise<void>;
  answer(request: Request): Promise<Answer>;
  /** Times single requests made of rows of a table, that many or as time allows, and passes over a batch of them; pings are answered meanwhile. */
  measure(database: string, table: Hash, requests: number): Promise<ServiceMeasurement>;
  /** Some rows of the table as requests, for a form to begin with. */
  examples(database: string, table: Hash, count: number): Promise<readonly Request[]>;
}
