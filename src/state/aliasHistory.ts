/** @file Who was champion and who challenged, when and why: read off the log, with what was undone. */

import { emptyState, type ProjectEvent } from '../domain/pipeline/project';
import { statesInForce } from '../domain/pipeline/stateInForce';

export interface AliasMove {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sequence: number;
  readonly alias: 'champion' | 'challenger';
  readonly from: number | null;
  readonly to: number | null;
  /** Empty where it was moved by an undo or a redo. */
  readonly why: string;
  readonly by: 'choice' | 'undone' | 'redone';
}

/** Every change of an alias, latest first. An undo is a move of its own: the log forgets nothing. @param events in order of sequence */
export function aliasHistory(events: readonly ProjectEvent[]): readonly AliasMove[] {
  const moves: AliasMove[] = [];
  let before: { readonly champion: number | null; readonly challenger: number | null } = { champion: null, challenger: null };
  const states = statesInForce(events);
  for (const [index, { at, sequence, kind, detail }] of events.entries()) {
    const state = states[index] ?? emptyState;
    for (const alias of ['champion', 'challenger'] as const) {
      if (state[alias] === before[alias]) continue;
      const by = kind === 'undone' ? 'undone' : kind === 'redone' ? 'redone' : 'choice';
      moves.push({
        at,
        sequence,
        alias,
        from: before[alias],
        to: state[alias],
        why: kind === 'aliasMoved' && typeof detail.why === 'string' ? detail.why : '',
        by,
      });
    }
    before = state;
  }
  return moves.reverse();
}
