/** @file How fast trainings were on this device, kept in this browser, so that the next one is foretold better. Losing it costs a worse guess. */

import { keepText, keptText, saidBy } from './keepsake';
import { firstRates, predictedSeconds, type Cost } from '../domain/modelling/cost';
import type { Engine } from '../domain/modelling/learner';

const place = 'rates';

/** By learner and engine: how many times as long as predicted trainings took, as a running geometric mean. */
type Factors = Readonly<Record<string, number>>;

/** What a stored text says; nothing where it is not one of ours. */
export function factorsFrom(text: string | null): Factors {
  const value = saidBy(text);
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0 && Number.isFinite(entry[1])));
}

const factors = (): Factors => factorsFrom(keptText(place));

const nameOf = (learner: string, engine: Engine): string => `${learner} ${engine}`;

/** Seconds that a training will take here. */
export const foretold = (learner: string, engine: Engine, cost: Cost): number => predictedSeconds(cost, firstRates[engine]) * (factors()[nameOf(learner, engine)] ?? 1);

/** The new factor: half of the way to what was seen, in ratios, so that one slow training in the background does not rule. */
export const nextFactor = (known: number | undefined, seen: number): number => (known === undefined ? seen : Math.sqrt(known * seen));

/** Notes what a training took. One of a few milliseconds says nothing of rates. */
export function noteTaken(learner: string, engine: Engine, cost: Cost, seconds: number): void {
  const predicted = predictedSeconds(cost, firstRates[engine]);
  if (!(seconds > 0.02) || !(predicted > 0)) return;
  const name = nameOf(learner, engine);
  const all = factors();
  keepText(place, JSON.stringify({ ...all, [name]: nextFactor(all[name], seconds / predicted) }));
}
