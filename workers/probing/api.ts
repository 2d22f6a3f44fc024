/** @file The worker that times a few training steps on each engine. */

import type { Engine, Plan, TrainingInput } from '../../src/domain/modelling/learner';
import type { RefusalValue } from '../../src/domain/refusal';

/** How an engine did. */
export interface ProbeRow {
  readonly engine: Engine;
  /** It may be chosen by itself. */
  readonly ok: boolean;
  /** Why not: `fallback` (an emulation), `noChance` (not started: the cost model gives it none), `late`, `disagrees`, a code of `startEngine`, a failed gradient check. */
  readonly reason: string | null;
  /** Median time of a step; null where it was not timed. */
  readonly msPerStep: number | null;
}

/** What is to be trained, and on which engines it may be worth it. */
export interface RaceEntry {
  readonly plan: Plan;
  readonly kind: TrainingInput['kind'];
  readonly classes: number;
  readonly features: number;
  /** Training rows: the race takes no larger batches than there are. */
  readonly rows: number;
  readonly engines: readonly Engine[];
  /** Seconds of the whole training, as foretold for the first engine. */
  readonly predicted: number;
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
  /** Which engine trains a plan fastest, among those that train it rightly. */
  race(entry: RaceEntry): Promise<Probe>;
  /** Starts one engine and names its backend and adapter. Null adapter: it has none. */
  describe(engine: Engine): Promise<Description>;
}
