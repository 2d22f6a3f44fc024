/** @file Which findings still ask for something: nobody settled them, and what they ask for is not done. */

import { isDone } from './findingActions';
import type { OpenProject } from './project.svelte';
import { findingName, settledFindings } from './settledFindings';
import type { Finding } from '../domain/data/findings/check';

/** Tells open findings from the others; the log is read once for all of them. */
export function isOpenFinding({ events, state }: Pick<OpenProject, 'events' | 'state'>): (finding: Finding) => boolean {
  const settled = settledFindings(events);
  return (finding) => !settled.has(findingName(finding)) && !isDone(finding, state.question);
}
