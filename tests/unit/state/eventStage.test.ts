import { describe, expect, it } from 'vitest';
import { emptyState, eventKinds } from '../../../src/domain/pipeline/project';
import { eventFacts, eventMark, eventStage, isStory } from '../../../src/state/eventStage';
import { words } from '../../../src/words/words';

describe('events of the log', () => {
  it('each have a sentence of their own', () => {
    const sentences = eventKinds.map((kind) => words.pipeline.event(kind, {}));
    expect(sentences.filter((sentence, at) => sentence === eventKinds[at])).toEqual([]);
    expect(new Set(sentences).size).toBe(eventKinds.length);
  });

  it('belong to the stage of their step', () => {
    expect(eventStage({ kind: 'step', detail: { op: 'drift' } })).toBe('monitoring');
    expect(eventStage({ kind: 'step', detail: { op: 'import' } })).toBe('data');
    expect(eventStage({ kind: 'created', detail: {} })).toBeNull();
    expect(eventStage({ kind: 'alertSettled', detail: { finding: '[]' } })).toBe('data');
    expect(eventStage({ kind: 'alertSettled', detail: { drift: 'sha256:' } })).toBe('monitoring');
  });

  it('are diamonds only where there are alerts', () => {
    expect(eventMark({ kind: 'batchWatched', detail: { alerts: 2 } })).toBe('failed');
    expect(eventMark({ kind: 'batchWatched', detail: { alerts: 0 } })).toBe('evidence');
  });

  it('tell the story without the machine’s own notes', () => {
    expect(isStory({ kind: 'step', detail: { op: 'train' } })).toBe(false);
    expect(isStory({ kind: 'runKept', detail: { learner: 'linear', model: 'sha256:' } })).toBe(true);
    expect(isStory({ kind: 'runKept', detail: { run: 'run:1' } })).toBe(false);
  });

  it('carry the numbers that their state gave', () => {
    const state = { ...emptyState, inHand: 3 };
    expect(eventFacts({ kind: 'imported', detail: { file: 'a.csv', rows: 5 }, state })).toMatchObject({ file: 'a.csv', rows: 5, version: 3 });
    expect(eventFacts({ kind: 'testOpened', detail: { run: 'run:12', n: 9 }, state: null }).run).toBe(12);
    expect(eventFacts({ kind: 'aliasMoved', detail: { alias: 'champion', from: null, to: 2, why: 'best' }, state })).toMatchObject({ from: '', to: 2 });
    expect(eventFacts({ kind: 'registered', detail: { run: 'run:1', gate: [{ passed: true }, { passed: false }] }, state })).toMatchObject({ criteria: 2, passed: 1 });
  });
});
