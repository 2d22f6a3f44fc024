/** @file Where the user is: the address after `#`, which can be bookmarked. The only place that is told about it is the browser. */

import { stages, type Stage } from '../domain/lifecycle';
import type { ProjectId } from '../domain/pipeline/project';

/** Pages of a project beside its stages. */
export const sidePages = ['lineage', 'log'] as const;
export type SidePage = (typeof sidePages)[number];

export type Place =
  | { readonly kind: 'projects' }
  | { readonly kind: 'home'; readonly project: ProjectId }
  | { readonly kind: 'stage'; readonly project: ProjectId; readonly stage: Stage; readonly view: string; readonly rest: readonly string[]; readonly query: ReadonlyMap<string, string> }
  | { readonly kind: 'side'; readonly project: ProjectId; readonly page: SidePage; readonly rest: readonly string[] }
  | { readonly kind: 'unknown'; readonly address: string };

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The place that an address names. Unknown keys and parts are ignored or shown, never run. */
export function placeOf(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '').map(decoded);
  if (parts.length === 0) return { kind: 'projects' };
  const [root, id, section, view = '', ...rest] = parts;
  if (root !== 'project' || id === undefined) return { kind: 'unknown', address: path };
  const project: ProjectId = `project:${id}`;
  if (section === undefined) return { kind: 'home', project };
  if ((stages as readonly string[]).includes(section)) {
    return { kind: 'stage', project, stage: section as Stage, view, rest, query: new Map(new URLSearchParams(search)) };
  }
  if ((sidePages as readonly string[]).includes(section)) return { kind: 'side', project, page: section as SidePage, rest: view === '' ? rest : [view, ...rest] };
  return { kind: 'unknown', address: path };
}

/** The address of a page of a project. */
export function addressOf(project: ProjectId, ...parts: readonly string[]): string {
  return `#/project/${[project.slice('project:'.length), ...parts].map(encodeURIComponent).join('/')}`;
}

class Route {
  #hash = $state.raw(location.hash);
  readonly place: Place = $derived(placeOf(this.#hash));

  constructor() {
    addEventListener('hashchange', () => (this.#hash = location.hash));
  }

  go(address: string): void {
    location.hash = address;
  }
}

export const route = new Route();
