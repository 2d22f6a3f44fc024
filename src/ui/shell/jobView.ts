/** @file A job as the header shows it. */

export interface JobView {
  readonly id: string;
  /** e.g. `Training run 16`. */
  readonly name: string;
  /** e.g. `round 118 of 200 · 14 s left`. Always says how much has been done. */
  readonly detail: string;
  readonly done: number | null;
  readonly total: number | null;
  readonly state: 'queued' | 'running' | 'stopping' | 'paused' | 'failed' | 'finished';
  /** Stop keeps what was learnt. Without it there is no button. */
  readonly canStop: boolean;
  /** Abort throws it away. */
  readonly canAbort?: boolean | undefined;
}
