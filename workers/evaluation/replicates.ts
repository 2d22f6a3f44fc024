/** @file Bootstrap replicates of a report's metrics, block by block: parts of a step. Below the time that a worker takes to start they are computed where they are wanted. */

import type { OpContext } from '../steps/op';
import type { PartHooks, PartWork } from '../steps/parts';
import { preparedEstimates, type NamedEstimate, type PreparedEstimates } from '../../src/domain/modelling/estimates';
import type { ScoredRows } from '../../src/domain/modelling/metric';
import { metricsFor } from '../../src/domain/modelling/metrics/registry';
import { blockReplicates, joinedReplicates, resampleBlocks, type Resampling } from '../../src/domain/modelling/resampling';

interface ReplicatesShared {
  readonly rows: ScoredRows;
  readonly resampling: Resampling;
}

/** Longest without a breath. */
const breathMs = 20;

/** Parts are blocks of resamples: of each, the replicates of every metric that is bootstrapped. */
export const replicates: PartWork<ReplicatesShared, Float64Array[]> = {
  name: 'replicates',
  begin: ({ rows, resampling }) => blocksOf(preparedEstimates(metricsFor(rows.shape), rows, resampling)),
};

const blocksOf =
  ({ statistics, n, resampling }: PreparedEstimates) =>
  async (block: number, hooks: PartHooks): Promise<Float64Array[]> => {
    const steps = blockReplicates(statistics, n, resampling, block);
    let breathed = performance.now();
    for (let next = steps.next(); ; next = steps.next()) {
      if (next.done === true) return next.value;
      if (performance.now() - breathed < breathMs) continue;
      await hooks.breathe();
      breathed = performance.now();
    }
  };

/** As `estimatesFor`, on as many workers as there are turns for. */
export async function estimatesApart(context: Pick<OpContext, 'parts' | 'breathe'>, rows: ScoredRows, resampling: Resampling): Promise<NamedEstimate[]> {
  const prepared = preparedEstimates(metricsFor(rows.shape), rows, resampling);
  if (prepared.statistics.length === 0) return prepared.finish([]);
  // Prepared already here; helpers do it once each.
  const here = { ...replicates, begin: () => blocksOf(prepared) };
  return prepared.finish(joinedReplicates(await context.parts(here, { rows, resampling }, resampleBlocks(resampling), { breathe: context.breathe })));
}
