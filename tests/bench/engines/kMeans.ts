/** @file k-means by the kernel: 20 iterations over 100,000 rows of 20 numbers, 8 centres, from the first 8 rows. Its peer is `../peers/kMeans.py`. */
import { seeded } from '../../../src/domain/random';
import { kMeans } from '../../../workers/unsupervised/kMeans';

const [rows, features, clusters, iterations] = [100_000, 20, 8, 20];

/** Median of five after one that warms up. */
export async function ours(): Promise<{ ms: number }> {
  const random = seeded(7);
  const x = new Float32Array(rows * features);
  // One cloud, in which eight centres move for long.
  for (let at = 0; at < x.length; at++) x[at] = random.normal();
  const plan = { clusters, seed: 1, engine: 'native', maxIterations: iterations, tolerance: 0, initial: Float64Array.from(x.subarray(0, clusters * features)) } as const;
  const times: number[] = [];
  for (let run = 0; run < 6; run++) {
    const started = performance.now();
    const found = await kMeans(x, rows, features, plan);
    if (run > 0) times.push(performance.now() - started);
    if (found.iterations !== iterations) throw new Error(`it ended after ${found.iterations} iterations`);
  }
  return { ms: times.sort((a, b) => a - b)[2]! };
}
