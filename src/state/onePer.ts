/** @file What there is once for each open project: whoever asks for it gets the same. */

import type { OpenProject } from './project.svelte';

/** A function that makes something at the first asking for a project, and gives it back at every later one. */
export function onePer<Made>(make: (project: OpenProject) => Made): (project: OpenProject) => Made {
  const known = new WeakMap<OpenProject, { readonly made: Made }>();
  return (project) => {
    let one = known.get(project);
    if (one === undefined) known.set(project, (one = { made: make(project) }));
    return one.made;
  };
}
