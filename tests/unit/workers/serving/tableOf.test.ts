/** @file A request as a table of one row: dates in the forms that import takes. */
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../../workers/serving/serving';

const dateOf = (value: string): number => {
  const { values } = tableOf([{ column: 'when', value }], [{ column: 'when', type: 'date' }]).columns[0]!;
  return values.kind === 'numeric' ? values.values[0]! : NaN;
};

describe('a date in a request', () => {
  it.each(['2021-03-04', '2021/03/04', '2021-03-04T00:00', '2021/03/04 00:00:00', '2021-03-04 12:00 AM'])('is read as at import: %s', (text) => {
    expect(dateOf(text)).toBe(Date.UTC(2021, 2, 4));
  });

  it('is refused where only an order of day and month would tell', () => {
    expect(() => dateOf('3/4/2021')).toThrow('valueDoesNotFit');
  });
});
