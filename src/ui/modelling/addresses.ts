/** @file Addresses within the modelling stage. */

import { addressOf } from '../route.svelte';
import { withQuery } from './query';
import type { ProjectId } from '../../domain/pipeline/project';

export const runsAddress = (project: ProjectId, picked: readonly number[] = []): string =>
  withQuery(addressOf(project, 'modelling', 'runs'), { pick: picked.join(',') });

export const runAddress = (project: ProjectId, run: number): string => addressOf(project, 'modelling', 'run', String(run));

export const compareAddress = (project: ProjectId, runs: readonly number[] = []): string =>
  withQuery(addressOf(project, 'modelling', 'compare'), { runs: runs.join(',') });
