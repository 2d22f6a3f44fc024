/** @file Running jobs as the header shows them. */

import type { RunningJob } from '../../state/jobs.svelte';
import { words } from '../../words/words';
import type { JobView } from './jobView';

/** Ops that keep what they did when they are stopped; the others can only be thrown away. */
const stoppable: readonly string[] = ['train'];
const abortable: readonly string[] = ['import', 'edit', 'append', 'correct', 'profile', 'diff', 'split', 'recipe', 'train', 'crossValidate', 'score', 'evaluate', 'compare', 'package', 'drift'];

const viewOf = (job: RunningJob): JobView => {
  const { phase, done, of } = job.progress;
  return {
    id: String(job.id),
    name: words.jobs.name(job.op, job.subject),
    detail: words.jobs.phase(phase, done, of),
    done: of === null ? null : done,
    total: of,
    state: 'running',
    canStop: stoppable.includes(job.op),
    canAbort: abortable.includes(job.op),
  };
};

export const jobViews = (jobs: readonly RunningJob[]): readonly JobView[] => jobs.map(viewOf);
