/** @file The state that was in force after each event of a log. An undo or a redo holds no state of its own: it points to the event whose state it takes up. */

import type { ProjectEvent, ProjectState } from './project';

/**
 * One entry an event, in their order; null is the empty state.
 * @param events in order of sequence, from the first on
 */
export function statesInForce(events: readonly ProjectEvent[]): readonly (ProjectState | null)[] {
  const kept = new Map<number, ProjectState>();
  let inForce: ProjectState | null = null;
  return events.map(({ sequence, kind, detail, state }) => {
    if (state !== null) {
      kept.set(sequence, state);
      inForce = state;
    } else if (kind === 'undone' || kind === 'redone') inForce = kept.get(Number(detail.to)) ?? null;
    return inForce;
  });
}
