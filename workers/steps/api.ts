/** @file What every worker that performs steps promises. Types only: importing this file loads no code. */

import type { Hash } from '../../src/domain/pipeline/digest';
import type { StepRecord, StepRequest } from '../../src/domain/pipeline/step';
import type { RefusalValue } from '../../src/domain/refusal';
import type { Json } from '../../src/domain/canonical';

/** Who may write: see `Pen` in storage. Spelt out here so that jobs need not know storage. */
export interface StepPen {
  readonly project: `project:${string}`;
  readonly epoch: number;
}

export interface StepCall {
  readonly database: string;
  readonly pen: StepPen;
  readonly request: StepRequest;
  /** Files by the name of the input that describes them. */
  readonly files: readonly { readonly input: string; readonly file: Blob; readonly name: string }[];
}

/** How far a step has come. `of` is null while unknown. */
export interface StepProgress {
  /** Key of a phrase in `words.progress`. */
  readonly phase: string;
  readonly done: number;
  readonly of: number | null;
  /** Facts of the moment: loss, rows read. */
  readonly facts: Readonly<Record<string, Json>>;
}

/** Expected endings are values; only bugs are thrown. */
export type StepOutcome =
  | { readonly kind: 'done'; readonly record: StepRecord; /** Measured beside the step, never hashed. */ readonly measured: { readonly [key: string]: Json }; readonly stopped: boolean }
  | { readonly kind: 'refused'; readonly refusal: RefusalValue }
  | { readonly kind: 'diverged'; readonly epoch: number }
  | { readonly kind: 'storage'; readonly problem: string };

/** To the worker that performs a step: what became of the helpers it wished for. */
export type HelperNews =
  | { readonly kind: 'helper'; readonly id: number; /** Leads to it. */ readonly port: MessagePort }
  | { readonly kind: 'lost'; readonly id: number; readonly reason: string }
  /** Its place is due to another job: it is to be freed when the part in hand is done. */
  | { readonly kind: 'retire'; readonly id: number };

/** From the worker that performs a step, which has parts. */
export type HelperWish = { readonly kind: 'want'; /** Parts that nobody computes yet: so many helpers would have something to do. */ readonly count: number } | { readonly kind: 'free'; readonly id: number };

export interface StepApi {
  /** Computes the step and keeps its output. @param helpers where it may wish for helpers for the parts of the step, and hears of them */
  perform(call: StepCall, progress: (report: StepProgress) => void, helpers?: MessagePort): Promise<StepOutcome>;
  /** Helps with the parts of a step that another worker performs, as told through the port, until it is terminated. */
  help(port: MessagePort): void;
  /** Ends early and keeps what was learnt, where the op can. (To throw it away, terminate the worker.) */
  stop(): void;
  /** Writes a checkpoint at the next opportunity: the page is being hidden. Resolves when one is on disk; never in an op that keeps none. */
  saveSoon(): Promise<void>;
  /** Answers from between batches: the sign of life. */
  ping(): Promise<true>;
}

/** The data worker also hashes sources and reads files that are not yet imported. */
export interface SourceApi {
  sourceHash(file: Blob, progress: (done: number, of: number) => void): Promise<Hash>;
}
