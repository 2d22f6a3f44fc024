import { describe, expect, it } from 'vitest';
import { cellNamed } from '../../../src/state/givenRows';

describe('a cell in an address', () => {
  it('is a report and two classes', () => {
    const hash = `sha256:${'0a'.repeat(32)}`;
    expect(cellNamed(`${hash}:1:0`)).toEqual({ report: hash, truth: 1, predicted: 0 });
  });

  it('is nothing else', () => {
    for (const text of ['', 'sha256:xyz:1:0', `sha256:${'0a'.repeat(32)}:1`, `sha256:${'0a'.repeat(32)}:-1:0`]) expect(cellNamed(text)).toBeNull();
  });
});
