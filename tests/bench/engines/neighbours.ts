/** @file Nearest neighbours by the kernel: probabilities of 2,000 queries from 20,000 rows of 20 numbers, k 5. Its peer is `../peers/neighbours.py`. */
import { seeded } from '../../../src/domain/random';
import { neighbours } from '../../../workers/training/learners/neighbours';
import type { NeighboursModel } from '../../../src/domain/modelling/forms/neighbours';

const [rows, features, queries] = [20_000, 20, 2000];

/** Median of five predictions after one that warms up; each builds the index anew. */
export async function ours(): Promise<{ ms: number }> {
  const random = seeded(7);
  const table = (count: number): Float32Array => Float32Array.from({ length: count * features }, () => random.normal());
  const own = table(rows);
  const answers = Float64Array.from({ length: rows }, (_, i) => (own[i * features]! + random.normal() > 0 ? 1 : 0));
  const model: NeighboursModel = { form: 'neighbours', k: 5, reach: 5, weights: 'uniform', features, rows: own, answers, facts: {} };
  const x = table(queries);
  const times: number[] = [];
  for (let run = 0; run < 6; run++) {
    const started = performance.now();
    await neighbours.predict(model, 2, x, queries, 'native');
    if (run > 0) times.push(performance.now() - started);
  }
  return { ms: times.sort((a, b) => a - b)[2]! };
}
