/** @file Addresses within the modelling stage. */

import { addressOf } from '../route.svelte';
import type { ProjectId } from '../../domain/pipeline/project';

/** An address with what is looked at; empty values are left out. */
export function withQuery(address: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? address : `${address}?${text}`;
}

export const runsAddress = (project: ProjectId, picked: readonly number[] = []): string => withQuery(addressOf(project, 'modelling', 'runs'), { pick: picked.join(',') });

export const runAddress = (project: ProjectId, run: number): string => addressOf(project, 'modelling', 'run', String(run));

export const compareAddress = (project: ProjectId, runs: readonly number[] = []): string => withQuery(addressOf(project, 'modelling', 'compare'), { runs: runs.join(',') });

/** Whole numbers from a query such as `1,4,7`; anything else is passed over. */
export const numbersIn = (text: string | undefined): readonly number[] => [
  ...new Set(
    (text ?? '')
      .split(',')
      .map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : NaN))
      .filter(Number.isFinite),
  ),
];
