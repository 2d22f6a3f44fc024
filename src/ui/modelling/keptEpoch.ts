/** @file Which point of a learning curve is the model that was kept. */

import type { ModelBody } from '../../domain/modelling/modelManifest';

/** Index in the curve: the epoch (round, iteration) that the learner says it kept, else the last. −1 without a curve. */
export function keptIndex({ curve, facts }: Pick<ModelBody, 'curve' | 'facts'>): number {
  const kept = curve.findIndex((point) => point.epoch === facts.keptEpoch);
  return kept >= 0 ? kept : curve.length - 1;
}
