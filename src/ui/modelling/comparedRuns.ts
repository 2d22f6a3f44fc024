/** @file Which runs are set side by side where none was chosen. */

import type { Run } from '../../domain/pipeline/project';

const isLearnt = (run: Run): boolean => run.plan.learner !== 'baseline';

/**
 * The latest run of each learner, the latest first; then earlier runs of the same learners; a baseline only where nothing else is left.
 * @param fresh oldest first
 * @returns at most so many, oldest first
 */
export function comparedRuns(fresh: readonly Run[], most: number): readonly Run[] {
  const latestFirst = [...fresh].reverse();
  const isLatest = (run: Run): boolean => latestFirst.find((other) => other.plan.learner === run.plan.learner) === run;
  const rank = (run: Run): number => (isLearnt(run) ? (isLatest(run) ? 0 : 1) : 2);
  const chosen = latestFirst.sort((a, b) => rank(a) - rank(b)).slice(0, most);
  return fresh.filter((run) => chosen.includes(run));
}
