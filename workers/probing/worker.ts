/** @file The probing worker. */

import { expose } from 'comlink';
import type { ProbingApi } from './api';
import { startEngine } from '../tensors/backend';
import { fastestEngine } from '../tensors/probe';

const api: ProbingApi = {
  ping: () => Promise.resolve(true),
  async probe(widths, batch) {
    const { engine, table } = await fastestEngine({ widths: [...widths], output: 'sigmoid', batch });
    const { adapter } = await startEngine(engine);
    return { engine, table, adapter };
  },
  async describe(engine) {
    const { backend, adapter } = await startEngine(engine);
    return { backend, adapter };
  },
};

expose(api);
