/** @file Words of the charts. */

import { count } from './text';

export const charts = {
  asTable: 'As a table',
  thinned: (shown: number, all: number): string => `${count(shown)} of ${count(all)} points, evenly chosen`,
  series: 'series',
  low: 'low',
  high: 'high',
  from: 'from',
  to: 'to',
  shareOf: (per: string): string => (per === '' ? 'share of rows, %' : `share of rows, % per ${per}`),
  share: 'share, %',
  value: 'value',
  rows: 'rows',
  other: (n: number): string => `${count(n)} other values`,
  missing: 'not stated',
  falsePositiveRate: 'false alarms: share of the negatives named positive',
  truePositiveRate: 'recall: share of the positives found',
  recall: 'recall: share of the positives found',
  precision: 'precision: share of the named that are right',
  chance: 'chance',
  predictedProbability: 'predicted probability, mean of the bin',
  observedShare: 'share that happened',
  perfect: 'perfect',
  truly: 'truly',
  predicted: 'predicted',
  rightOfThese: 'of these, right',
  /** Heard before the count of a cell, after it, and after its share. */
  cellOf: (truth: string, predicted: string): string => `truly ${truth}, predicted ${predicted}: `,
  cellRows: (rows: number): string => (rows === 1 ? ' row, ' : ' rows, '),
  cellShare: (truth: string): string => ` of those truly ${truth}`,
  dependsOn: (name: string): string => `made from ${name}`,
};
