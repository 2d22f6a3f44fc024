/** @file Addresses of the views of the data stage, with what they look at in the query. */

import { addressOf } from '../route.svelte';
import type { ProjectId } from '../../domain/pipeline/project';

export const dataViews = ['import', 'rows', 'columns', 'findings', 'quarantine', 'versions', 'split'] as const;
export type DataView = (typeof dataViews)[number];

/** @param query entries that are undefined or empty are left out */
export function dataAddress(project: ProjectId, view: DataView, query: Readonly<Record<string, string | undefined>> = {}, ...rest: readonly string[]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const text = search.toString();
  return `${addressOf(project, 'data', view, ...rest)}${text === '' ? '' : `?${text}`}`;
}
