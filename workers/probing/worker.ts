/** @file The probing worker. */

import { expose } from 'comlink';
import type { Description, ProbingApi } from './api';
import { race } from './race';
import { startEngine } from '../tensors/backend';
import { learnerNamed } from '../training/learners/registry';
import { kernelsRun } from '../../src/domain/modelling/kernelsRun';
import type { Engine } from '../../src/domain/modelling/learner';
import { asValue, Refusal } from '../../src/domain/refusal';

async function described(engine: Engine): Promise<Extract<Description, { kind: 'described' }>> {
  // Our own kernels run wherever SIMD does; their twins everywhere.
  if (engine === 'native' && !kernelsRun()) throw new Refusal('engineUnavailable', { engine, reason: 'noSimd' });
  if (engine === 'native' || engine === 'plain') return { kind: 'described', backend: engine, adapter: null };
  const { backend, adapter } = await startEngine(engine);
  return { kind: 'described', backend, adapter };
}

const api: ProbingApi = {
  ping: () => Promise.resolve(true),
  async race(entry) {
    const { engine, table } = await race(entry, learnerNamed(entry.plan.learner));
    const { adapter } = await described(engine);
    return { engine, table, adapter };
  },
  async describe(engine) {
    try {
      return await described(engine);
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', refusal: asValue(error) };
      throw error;
    }
  },
};

expose(api);
