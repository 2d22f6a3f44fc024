/** @file The passes on the engine of a plan. */

import type { Engine } from '../../../src/domain/modelling/learner';
import { nativePasses } from './nativePasses';
import { Passes } from './passes';
import { plainPasses } from './plainPasses';
import type { RowStore } from './rowStore';

/**
 * @param needs `squares`: products of columns will be asked for; `keeps`: probabilities will be kept
 * @throws Refusal engineUnavailable, outOfMemory
 */
export async function passesOf(engine: Engine, rows: RowStore, outputs: number, needs: { readonly squares: boolean; readonly keeps: boolean }, breathe: () => Promise<void> | undefined): Promise<Passes> {
  return new Passes(rows, outputs, engine === 'native' ? await nativePasses(rows, outputs, needs) : plainPasses(rows, outputs), breathe);
}
