/** @file The probing worker. */

import { expose } from 'comlink';
import type { ProbingApi } from './api';
import { kernelsRun } from '../kernels/kernel';
import { startEngine } from '../tensors/backend';
import { fastestEngine } from '../tensors/probe';
import { asValue, Refusal } from '../../src/domain/refusal';

const api: ProbingApi = {
  ping: () => Promise.resolve(true),
  async probe(widths, batch) {
    const { engine, table } = await fastestEngine({ widths: [...widths], output: 'sigmoid', batch });
    const { adapter } = await startEngine(engine);
    return { engine, table, adapter };
  },
  async describe(engine) {
    try {
      // Our own kernels run wherever SIMD does; their twins everywhere.
      if (engine === 'native' && !kernelsRun()) throw new Refusal('engineUnavailable', { engine, reason: 'noSimd' });
      if (engine === 'native' || engine === 'plain') return { kind: 'described', backend: engine, adapter: null };
      const { backend, adapter } = await startEngine(engine);
      return { kind: 'described', backend, adapter };
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', refusal: asValue(error) };
      throw error;
    }
  },
};

expose(api);
