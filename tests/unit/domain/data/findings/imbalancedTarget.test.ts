/** @file The check `imbalancedTarget`: its planted fault, and what it must leave alone. */
import { expect, it } from 'vitest';
import type { Examined } from '../../../../../src/domain/data/findings/check';
import { imbalancedTarget } from '../../../../../src/domain/data/findings/imbalancedTarget';
import { classesOf } from '../../../../../src/domain/modelling/classes';
import type { Task } from '../../../../../src/domain/modelling/task';
import { coded, tableOf } from '../tables';
import { each, find, twoClasses } from './planted';

it('imbalance: a class below a tenth of its even share', () => {
  const rare = coded(
    'y',
    each((i) => (i < 4 ? 'yes' : 'no')),
  );
  expect(find('imbalancedTarget', [rare], twoClasses)).toMatchObject([
    { severity: 'medium', rows: 4, values: ['yes'], evidence: { share: 0.01, limit: 0.05 } },
  ]);
  expect(
    find(
      'imbalancedTarget',
      [
        coded(
          'y',
          each((i) => (i < 20 ? 'yes' : 'no')),
        ),
      ],
      twoClasses,
    ),
  ).toEqual([]);
});

it('takes a target of more classes than a function takes arguments', () => {
  const labels = Array.from({ length: 150_000 }, (_, i) => String(i).padStart(6, '0'));
  const many = coded('y', [...labels, ...labels.slice(1)]);
  const task: Task = { kind: 'classification', target: 'y', classes: labels, positive: null };
  const examined: Examined = { table: tableOf(many), profiles: [], goal: { column: many, task, target: { kind: 'classes', classes: classesOf(many), positive: null } } };
  expect(imbalancedTarget.findings(examined)).toEqual([]);
});
