import { describe, expect, it } from 'vitest';
import { estimatesFor } from '../../../../src/domain/modelling/estimates';
import type { ScoredRows } from '../../../../src/domain/modelling/metric';
import { seeded } from '../../../../src/domain/random';
import { estimatesApart, replicates } from '../../../../workers/evaluation/replicates';
import type { HelperWish } from '../../../../workers/steps/api';
import { breathe } from '../../../../workers/steps/breathe';
import { help } from '../../../../workers/steps/helping';
import { runParts } from '../../../../workers/steps/parts';

function rowsOf(n: number): ScoredRows {
  const random = seeded(8);
  const truth = Int32Array.from({ length: n }, () => random.below(2));
  const positive = Float64Array.from(truth, (label) => Math.min(1, Math.max(0, 0.35 + 0.3 * label + 0.2 * random.normal())));
  return { shape: 'binary', classes: 2, positive: 1, truth, predicted: Int32Array.from(positive, (p) => (p >= 0.5 ? 1 : 0)), probabilities: Float64Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? 1 - positive[i >> 1]! : positive[i >> 1]!)) };
}

const groupsOf = (n: number) => ({ of: Uint32Array.from({ length: n }, (_, i) => i % 17), count: 17 });

describe('bootstrap replicates', () => {
  it.each([
    ['rows', undefined],
    ['groups', groupsOf(400)],
  ])('of %s make the same estimates with a helper as without', async (_, groups) => {
    const rows = rowsOf(400);
    const resampling = { seed: 5, groups };
    let helped = 0;
    const parts = async (...[work, shared, count, options]: Parameters<typeof runParts>): Promise<unknown[]> => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<HelperWish>) => {
        if (data.kind === 'free' || data.count === 0 || helped > 0) return;
        helped++;
        const way = new MessageChannel();
        help(new Map([[replicates.name, replicates]]), way.port1);
        port1.postMessage({ kind: 'helper', id: 1, port: way.port2 }, [way.port2]);
      };
      try {
        // A breath that takes a while, so that the helper has its turn.
        return await runParts(work, shared, count, { ...options, breathe: () => new Promise((resolve) => setTimeout(resolve, 2)), helpers: port2, worthMs: 0 });
      } finally {
        port1.close();
      }
    };
    expect(await estimatesApart({ parts: parts as never, breathe }, rows, resampling)).toEqual(estimatesFor(rows, resampling));
    expect(helped).toBe(1);
  });
});
