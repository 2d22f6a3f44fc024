import { describe, expect, it } from 'vitest';
import { samples } from '../../../src/domain/data/samples';
import { sampleQuestion } from '../../../src/state/sampleProject';

describe('the question of a sample', () => {
  it.each(samples.map((sample) => [sample.id, sample] as const))('says what %s is about, and no more', (_id, sample) => {
    const { target, task, positive, group, time, exclude } = sample;
    expect(sampleQuestion(sample, 'Why?')).toEqual({ text: 'Why?', target, task, positive, group, time, exclude });
  });

  it('never leaves out what is to be predicted', () => {
    for (const sample of samples) expect(sampleQuestion(sample, '').exclude).not.toContain(sample.target);
  });
});
