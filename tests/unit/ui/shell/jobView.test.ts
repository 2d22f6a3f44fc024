import { describe, expect, it } from 'vitest';
import { secondsLeft } from '../../../../src/ui/shell/jobView';
import { words } from '../../../../src/words/words';

describe('the time that a job still takes', () => {
  it('follows from its rate, once there is one', () => {
    expect(secondsLeft({ share: 0.25, started: 0 }, 10_000)).toBe(30);
    expect(secondsLeft({ share: 0.25, started: 0 }, 1_000)).toBeNull();
    expect(secondsLeft({ share: 0.01, started: 0 }, 10_000)).toBeNull();
    expect(secondsLeft({ share: null, started: 0 }, 10_000)).toBeNull();
    expect(secondsLeft({ share: 1, started: 0 }, 10_000)).toBeNull();
  });

  it('is told in words that claim no more than is known', () => {
    expect([0.2, 1.2, 30, 100, 7200].map((seconds) => words.jobs.left(seconds))).toEqual([
      ', about a second left',
      ', about 1 second left',
      ', about 30 seconds left',
      ', about 2 minutes left',
      ', about 2 hours left',
    ]);
  });
});
