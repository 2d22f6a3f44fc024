import { describe, expect, it } from 'vitest';
import { words } from '../../../src/words/words';

const { verdicts } = words;
const judgement = { verdict: 'undecided', rule: 'bound', passed: false, reason: 'short', meets: true, interval: true, n: 100, settledBy: 812, service: false } as const;

describe('verdicts', () => {
  it('say the same of an interval and of the gate wherever they are told', () => {
    expect((['holds', 'fails', 'undecided'] as const).map(verdicts.word)).toEqual(['Holds', 'Does not hold', 'Undecided']);
    expect(verdicts.both('undecided', true)).toBe('passes (undecided)');
    expect(verdicts.both('fails', false)).toBe('does not pass (does not hold)');
  });
  it('say why, what would settle it, and what the gate makes of it', () => {
    expect(verdicts.why(judgement)).toBe(
      'The value meets the target, but its interval reaches past it. If the share stays as it is, about 820 such rows in all would settle it. The gate asks the safe end, so it does not pass.',
    );
    expect(verdicts.why({ ...judgement, rule: 'value', passed: true, settledBy: null })).toMatch(/More rows .* The gate asks the value, so it passes\.$/);
    expect(verdicts.why({ ...judgement, interval: false })).toMatch(/^There is no interval here; the value alone meets the target\./);
    expect(verdicts.why({ ...judgement, verdict: 'fails', reason: 'short' })).toMatch(/^No part of the interval meets the target\..*does not pass\.$/);
    expect(verdicts.why({ ...judgement, verdict: 'holds', reason: 'meets', passed: true })).toBeUndefined();
  });
  it('give a sentence to every reason for which nothing could be judged', () => {
    for (const reason of ['notComputed', 'emptySlice', 'undefinedValue', 'noInterval']) expect(verdicts.why({ ...judgement, reason })).toMatch(/does not pass/);
  });
  it('count what passes', () => {
    expect(verdicts.gate(0, 1)).toBe('The one criterion passes.');
    expect(verdicts.gate(0, 2)).toBe('All 2 criteria pass.');
    expect(verdicts.gate(1, 2)).toBe('1 of 2 criteria does not pass.');
    expect(verdicts.gate(0, 0)).toBe('There was nothing to pass.');
  });
});

describe('names', () => {
  it('give one learner one name, by what it predicts', () => {
    expect(words.learnerName('linear', 'classification')).toBe('logistic regression');
    expect(words.learnerName('linear', 'regression')).toBe('linear regression');
    expect(words.learnerName('linear', null)).toBe('linear model');
    expect(words.learnerTitle('dense', null)).toBe('Small neural network');
    expect(words.jobs.name('train', 'linear', 'regression')).toBe('Training the linear regression');
    expect(words.jobs.name('import', 'adult.csv', null)).toBe('Importing adult.csv');
  });
});
