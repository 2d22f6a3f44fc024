/** @file The contract of an op's implementation: pure in its inputs, parameters and files. One file per op, one line in its worker's table. */

import type { StepProgress } from './api';
import type { PartsOptions, PartWork } from './parts';
import type { Json } from '../../src/domain/canonical';
import type { Artifact, Manifest } from '../../src/domain/pipeline/artifact';
import type { ChunkWriter } from '../../src/storage/artifacts';
import type { Database } from '../../src/storage/database';

export interface OpContext {
  readonly params: Json;
  readonly database: Database;
  readonly writer: ChunkWriter;
  /** The input of that name. @throws TypeError when the request lacks it. */
  input<Body>(name: string): Artifact<Body>;
  has(name: string): boolean;
  file(name: string): { readonly file: Blob; readonly name: string };
  progress(report: StepProgress): void;
  stopped(): boolean;
  /** Lets waiting messages be handled. A resolved promise is not enough: microtasks run before the next message. */
  breathe(): Promise<void>;
  /** Computes parts of the step, here and on helpers: their answers in order. As `runParts`, whose helpers are the page's. */
  parts<Shared, Answer>(work: PartWork<Shared, Answer>, shared: Shared, count: number, options: Omit<PartsOptions, 'helpers' | 'worthMs'>): Promise<Answer[]>;
  readonly checkpoints: {
    readonly restored: Uint8Array | undefined;
    due(): boolean;
    keep(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  };
}

export type OpResult =
  | {
      readonly kind: 'made';
      readonly output: Manifest<unknown>;
      readonly measured?: { readonly [key: string]: Json };
      /** Stopped early: the parameters that lead to this very output, under which it is kept. */
      readonly params?: Json;
    }
  | { readonly kind: 'diverged'; readonly epoch: number };

export type PerformOp = (context: OpContext) => Promise<OpResult>;
