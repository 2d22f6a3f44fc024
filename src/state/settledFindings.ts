/** @file Findings that somebody looked at and called right. Kept as remarks in the log: the data do not change by them. */

import type { OpenProject } from './project.svelte';
import type { Finding } from '../domain/data/findings/check';
import type { ProjectEvent } from '../domain/pipeline/project';

/** Names a finding by what it is about, so that it stays settled in later versions. */
export const findingName = ({ check, columns, values }: Finding): string => JSON.stringify([check, columns, check === 'cappedValues' ? (values ?? []) : []]);

/** Names of the findings that are settled: the last remark about each decides. @param events in order of sequence */
export function settledFindings(events: readonly ProjectEvent[]): ReadonlySet<string> {
  const settled = new Set<string>();
  for (const { kind, detail } of events) {
    if (kind !== 'alertSettled' || typeof detail.finding !== 'string') continue;
    if (detail.settled === true) settled.add(detail.finding);
    else settled.delete(detail.finding);
  }
  return settled;
}

/** Settles a finding as right, or opens it again. @param why in words, for the log */
export const settleFinding = (project: OpenProject, finding: Finding, settled: boolean, why: string): Promise<void> =>
  project.remark('alertSettled', { finding: findingName(finding), settled, why });
