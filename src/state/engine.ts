/** @file Which engine trains the nets: the one asked for, or the fastest that a probe on this device finds to be right. Measured, noted, never hashed. */

import { describeEngine, probeEngines } from '../jobs/probing';
import type { ProbeRow } from '../../workers/probing/api';
import { Problem } from './problem';
import type { OpenProject } from './project.svelte';
import type { TableBody } from '../domain/data/tableManifest';
import type { Engine } from '../domain/modelling/learner';

export interface ChosenEngine {
  readonly engine: Engine;
  readonly adapter: string | null;
  /** What each engine took; null when none was timed. */
  readonly table: readonly ProbeRow[] | null;
}

/** A guess at the number of features before a recipe is fitted: one a number, eight a category. */
const guessedFeatures = (table: TableBody): number =>
  Math.max(4, Math.min(512, table.columns.reduce((sum, { type }) => sum + (type === 'category' ? 8 : type === 'date' ? 6 : type === 'text' || type === 'identifier' ? 0 : 1), 0)));

let remembered: { readonly features: number; readonly chosen: ChosenEngine } | undefined;

/**
 * The engine for a table's nets. Only `auto` probes; a probe is remembered while the page lives and for tables of like width.
 * @throws Problem engineUnavailable
 */
export async function engineFor(project: OpenProject, asked: Engine | 'auto', table: TableBody): Promise<ChosenEngine> {
  if (asked === 'cpu') return { engine: 'cpu', adapter: null, table: null };
  if (asked !== 'auto') {
    const described = await describeEngine(asked);
    if (described.kind === 'refused') throw new Problem(described.refusal);
    return { engine: asked, adapter: described.adapter, table: null };
  }
  const features = guessedFeatures(table);
  if (remembered !== undefined && remembered.features / features < 2 && features / remembered.features < 2) return remembered.chosen;
  const probe = await probeEngines([features, 64, 32, 1], 256);
  const chosen: ChosenEngine = { engine: probe.engine, adapter: probe.adapter, table: probe.table };
  remembered = { features, chosen };
  await project.remark('probe', { engine: probe.engine, adapter: probe.adapter, table: probe.table.map(({ engine, ok, reason, msPerStep }) => ({ engine, ok, reason, msPerStep })) });
  return chosen;
}
