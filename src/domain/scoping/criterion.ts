/** @file A criterion: what was promised. The same object gates training, the registry and alerts. */

/** One condition of a slice, on one column. Text compares by equality; numbers by any of the five. */
export interface Condition {
  readonly column: string;
  readonly operator: '=' | '>=' | '<=' | '>' | '<';
  readonly value: string | number;
}

export interface Criterion {
  /** A metric's name, e.g. `roc_auc`. */
  readonly metric: string;
  /** All must hold. Empty: every row. */
  readonly slice: readonly Condition[];
  readonly direction: '>=' | '<=';
  readonly target: number;
  /** Why this target, in the user's words. Empty when it came from the command line. */
  readonly why: string;
}

/** A gate asks the value, or the interval's safe side (`bound`). */
export type GateRule = 'value' | 'bound';
