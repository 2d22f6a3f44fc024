/** @file The worker that times a few training steps on each engine. */

import type { Engine } from '../../src/domain/modelling/learner';
import type { RefusalValue } from '../../src/domain/refusal';

export interface ProbeRow {
  readonly engine: Engine;
  readonly ok: boolean;
  readonly reason: string | null;
  readonly msPerStep: number | null;
}

export interface Probe {
  readonly engine: Engine;
  readonly table: readonly ProbeRow[];
  readonly adapter: string | null;
}

/** A refusal travels as a value: comlink keeps no more of an error than its message. */
export type Description = { readonly kind: 'described'; readonly backend: string; readonly adapter: string | null } | { readonly kind: 'refused'; readonly refusal: RefusalValue };

export interface ProbingApi {
  ping(): Promise<true>;
  /** Which engine trains a dense net of these widths fastest, among those that train it rightly. */
  probe(widths: readonly number[], batch: number): Promise<Probe>;
  /** Starts one engine and names its backend and adapter. Null adapter: it has none. */
  describe(engine: Engine): Promise<Description>;
}
