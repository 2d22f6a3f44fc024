/** @file The check `fewRowsForClass`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import { taskOf } from '../../../../../src/domain/modelling/taskOf';
import { coded } from '../tables';
import { each, find } from './planted';

it('few rows: classes below ten, grave below three', () => {
  const target = coded(
    'y',
    each((i) => (i < 2 ? 'a' : i < 9 ? 'b' : i % 2 === 0 ? 'c' : 'd')),
  );
  expect(find('fewRowsForClass', [target], taskOf(target, null, null))).toMatchObject([
    { severity: 'high', values: ['a', 'b'], rows: 9, evidence: { classes: 2, fewest: 2 } },
  ]);
});
