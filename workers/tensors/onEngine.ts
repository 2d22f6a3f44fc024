/** @file Work on a tfjs engine, with what happens to its device on nobody's stack: lost, out of memory, a refused command. Such an answer is not to be trusted. */

import type { TfjsEngine } from '../../src/domain/modelling/learner';
import { Refusal } from '../../src/domain/refusal';
import { startEngine, type EngineTrouble } from './backend';

/**
 * @param breathe awaited once before an error is judged: a failed read-back may be told before the loss that caused it
 * @param work gets what the results depend on: the backend, with its adapter where there is one
 * @throws Refusal deviceLost { engine, reason }
 * @throws Refusal outOfMemory { megabytes } that the tensors take
 * @throws Refusal engineUnavailable { engine, reason } where it cannot start, or refused a command
 */
export async function onEngine<T>(engine: TfjsEngine, breathe: () => Promise<void>, work: (backend: string) => Promise<T>): Promise<T> {
  let first: EngineTrouble | undefined;
  const { backend, adapter } = await startEngine(engine, (trouble) => {
    // A loss explains everything; of the rest, the first does.
    if (first === undefined || trouble.kind === 'lost') first = trouble;
  });
  const check = (): void => {
    const trouble = first;
    if (trouble === undefined) return;
    if (trouble.kind === 'lost') throw new Refusal('deviceLost', { engine, reason: trouble.reason });
    if (trouble.kind === 'memory') throw new Refusal('outOfMemory', { megabytes: trouble.megabytes });
    throw new Refusal('engineUnavailable', { engine, reason: trouble.reason });
  };
  let done: T;
  try {
    done = await work(adapter === null ? backend : `${backend}: ${adapter}`);
  } catch (error) {
    await breathe();
    check();
    throw error;
  }
  check();
  return done;
}
