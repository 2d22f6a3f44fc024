/** @file Which change undo would take back, and redo would make again: read off the log. */

import type { OpenProject } from './project.svelte';
import type { ProjectEvent } from '../domain/pipeline/project';

/** What followed from a move by itself: it is taken back and made again with that move. */
const isAmendment = ({ kind, detail }: ProjectEvent): boolean => kind === 'splitMade' || kind === 'packaged' || (kind === 'runKept' && typeof detail.run === 'string');

/**
 * The move that led to the state of an event, past what only followed from it; undefined where the log does not hold it.
 * @param events in order of sequence
 * @param at sequence of an event with a state
 */
export function moveBehind(events: readonly ProjectEvent[], at: number): ProjectEvent | undefined {
  let index = events.findIndex(({ sequence }) => sequence === at);
  while (index >= 0 && isAmendment(events[index]!)) {
    // The state that it amended is the one that was in force just before it.
    do index--;
    while (index >= 0 && events[index]!.state === null && events[index]!.kind !== 'undone' && events[index]!.kind !== 'redone');
    const before = events[index];
    if (before !== undefined && before.state === null) index = events.findIndex(({ sequence }) => sequence === Number(before.detail.to));
  }
  return events[index];
}

/** The change that undo would take back; undefined where it can take back none. */
export const changeToUndo = (project: OpenProject): ProjectEvent | undefined => (project.canUndo ? moveBehind(project.events, project.head.at) : undefined);

/** The change that redo would make again; undefined where there is none. */
export const changeToRedo = (project: OpenProject): ProjectEvent | undefined => (project.canRedo ? moveBehind(project.events, project.head.redo.at(-1)!) : undefined);
