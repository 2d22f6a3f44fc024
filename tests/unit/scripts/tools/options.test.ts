/** @file Reading a command line. */
import { describe, expect, it } from 'vitest';
import { readOptions, UsageError, wholeNumber, type Option } from '../../../../scripts/tools/options.mjs';

const table: Record<string, Option> = {
  data: { kind: 'value', required: true },
  gate: { kind: 'value', oneOf: ['value', 'bound'], fallback: 'value' },
  criterion: { kind: 'list' },
  seed: { kind: 'value', accepts: wholeNumber(1, 10), says: 'a whole number from 1 to 10' },
  json: { kind: 'flag' },
};
const read = (...argv: string[]): unknown => ({ ...readOptions(argv, table) });
const refusal = (...argv: string[]): string => {
  try {
    readOptions(argv, table);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
};

describe('a command line', () => {
  it('gives every option of the table, absent ones included', () => {
    expect(read('--data', 'a.csv')).toEqual({ data: 'a.csv', gate: 'value', criterion: [], seed: null, json: false });
  });

  it('reads both spellings, flags and repeated options in their order', () => {
    expect(read('--data=a=b.csv', '--criterion', 'roc_auc>=0.85', '--json', '--criterion=f1>=0.5', '--gate', 'bound', '--seed', '7')).toEqual({
      data: 'a=b.csv',
      gate: 'bound',
      criterion: ['roc_auc>=0.85', 'f1>=0.5'],
      seed: '7',
      json: true,
    });
  });

  it('takes a value that begins with dashes in the spelling with an equals sign', () => {
    expect(read('--data=--odd')).toMatchObject({ data: '--odd' });
  });

  it.each([
    [['--dta', 'x'], 'unknown option --dta'],
    [['--data', 'x', '--__proto__', 'y'], 'unknown option --__proto__'],
    [['--data'], '--data needs a value'],
    [['--data='], '--data needs a value'],
    [['--data', '--json'], '--data needs a value'],
    [['--json'], '--data is missing'],
    [['--data', 'x', '--data', 'y'], '--data is given twice'],
    [['--data', 'x', '--json=yes'], '--json takes no value'],
    [['--data', 'x', '--gate', 'mean'], '--gate must be one of value, bound, not "mean"'],
    [['--data', 'x', '--seed', '0'], '--seed must be a whole number from 1 to 10, not "0"'],
    [['--data', 'x', '--seed', '1.5'], '--seed must be a whole number'],
    [['x.csv'], '"x.csv" is not an option'],
    [['--data', 'x', '--'], '"--" is not an option'],
  ])('refuses %j in one line', (argv, beginning) => {
    const sentence = refusal(...argv);
    expect(sentence.startsWith(beginning)).toBe(true);
    expect(sentence).not.toContain('\n');
  });
});
