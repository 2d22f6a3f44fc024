/** @file The six shapes: five states of evidence, and `open`, the verdict of a gate whose interval crosses the target. */

export const markStates = ['none', 'progress', 'evidence', 'stale', 'failed', 'open'] as const;
export type MarkState = (typeof markStates)[number];
