import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Examples, FeatureMeaning } from '../../src/domain/modelling/learner';
import { ebmDescription } from '../../src/domain/modelling/learners/ebm';
import { completePlan } from '../../src/domain/modelling/plan';
import { ebm } from '../../workers/training/learners/ebm';

interface Case {
  name: string;
  kind: 'classification' | 'regression';
  classes: number;
  rows: number;
  /** One a feature; 0 for numbers. */
  categories: number[];
  columns: (number | null)[][];
  y: number[];
  /** One text a repeat: the fold of each row. */
  folds: string[];
  /** Of each fold in turn. */
  scores: number[];
}

const golden = JSON.parse(readFileSync(new URL('./ebm.json', import.meta.url), 'utf8')) as { versions: Record<string, string>; settings: { bags: number; interactions: number }; cases: Case[] };
const quiet = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
/** 97.5 % quantile of Student's t with 7 degrees of freedom: eight folds. */
const t7 = 2.3646;

function rowsOf({ columns, y }: Case, wanted: (row: number) => boolean): Examples {
  const chosen = y.map((_, row) => row).filter(wanted);
  const x = Float32Array.from(chosen.flatMap((row) => columns.map((column) => column[row] ?? NaN)));
  return { rows: chosen.length, features: columns.length, x, y: Float64Array.from(chosen, (row) => y[row]!) };
}

async function scoreOf(one: Case, isTest: (row: number) => boolean): Promise<number> {
  const train = rowsOf(one, (row) => !isTest(row));
  const test = rowsOf(one, isTest);
  const none = { rows: 0, features: train.features, x: new Float32Array(0), y: new Float64Array(0) };
  const meanings: FeatureMeaning[] = one.categories.map((categories, i) => ({ name: `f${i}`, column: `f${i}`, categories }));
  const { bags, interactions } = golden.settings;
  const plan = completePlan('ebm', { bags, pairs: interactions }, 1, 'native', ebmDescription.hyperparameters);
  const outcome = await ebm.train({ kind: one.kind, classes: one.classes, train, validation: none, plan, meanings }, quiet);
  if (outcome.kind !== 'trained') throw new Error(outcome.kind);
  const answers = await ebm.predict(outcome.model, one.classes, test.x, test.rows, 'native');
  let sum = 0;
  test.y.forEach((y, i) => (sum += one.classes === 0 ? (answers[i]! - y) ** 2 : -Math.log(answers[i * one.classes + y]!)));
  return one.classes === 0 ? Math.sqrt(sum / test.rows) : sum / test.rows;
}

describe(`the explainable boosting machine beside interpret ${golden.versions['interpret-core']}`, () => {
  for (const one of golden.cases) {
    it(`scores as well, within the interval of repeated cross-validation: ${one.name}`, async () => {
      const differences: number[] = [];
      for (const folds of one.folds) {
        for (let fold = 0; fold < 4; fold++) {
          const score = await scoreOf(one, (row) => folds[row] === String(fold));
          differences.push(score - one.scores[differences.length]!);
        }
      }
      const n = differences.length;
      const mean = differences.reduce((a, b) => a + b) / n;
      const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (n - 1);
      // Folds share training rows: a fourth of the rows is tested on each time (Nadeau and Bengio 2003).
      const half = t7 * Math.sqrt(variance * (1 / n + 1 / 3));
      const theirs = one.scores.reduce((a, b) => a + b) / n;
      console.log(`${one.name}: interpret ${theirs.toPrecision(5)}, ours ${(theirs + mean).toPrecision(5)}, difference ${mean.toPrecision(3)} ± ${half.toPrecision(3)}`);
      expect(n).toBe(8);
      expect(mean).toBeLessThanOrEqual(half);
      // The same model, in substance: neither much worse nor suspiciously better.
      expect(Math.abs(mean) / theirs).toBeLessThan(0.05);
    });
  }
});
