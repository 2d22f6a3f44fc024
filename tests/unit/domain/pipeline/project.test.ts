import { describe, expect, it } from 'vitest';
import { championAt, emptyState, type ProjectEvent } from '../../../../src/domain/pipeline/project';

const event = (sequence: number, at: number, champion: number | null | undefined): ProjectEvent => ({
  project: 'project:x',
  sequence,
  at,
  kind: 'aliasMoved',
  detail: {},
  state: champion === undefined ? null : { ...emptyState, champion },
});

describe('what was champion on that day', () => {
  const events = [event(1, 100, null), event(2, 200, 1), event(3, 250, undefined), event(4, 300, 2), event(5, 400, null)];
  it('is answered by replaying the log', () => {
    expect([50, 150, 200, 260, 350, 500].map((instant) => championAt(events, instant))).toEqual([null, null, 1, 1, 2, null]);
  });
});
