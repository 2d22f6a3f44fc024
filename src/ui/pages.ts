/** @file Which component shows a place, loaded when it is first needed. A stage's page and guide are found by their names. */

import type { Component } from 'svelte';
import type { OpenProject } from '../state/project.svelte';
import type { Place } from './route.svelte';

/** What every page of a project is given. The list of projects is given null. */
export interface PageProps {
  readonly project: OpenProject | null;
  readonly place: Place;
}

type Loaded = { readonly default: Component<PageProps> };

const pages = import.meta.glob<Loaded>(['./*/*Page.svelte']);
const guides = import.meta.glob<Loaded>(['./*/*Guide.svelte']);

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

/** Folder and name of a place's component, without `Page` or `Guide`. */
function nameOf(place: Place): string | undefined {
  switch (place.kind) {
    case 'projects':
      return './home/Projects';
    case 'home':
      return './home/Project';
    case 'stage':
      return `./${place.stage}/${capital(place.stage)}`;
    case 'side':
      return `./pipeline/${capital(place.page)}`;
    case 'unknown':
      return undefined;
  }
}

export const pageOf = (place: Place): (() => Promise<Loaded>) | undefined => pages[`${nameOf(place)}Page.svelte`];

/** Undefined where nobody has written a guide. */
export const guideOf = (place: Place): (() => Promise<Loaded>) | undefined => guides[`${nameOf(place)}Guide.svelte`];
