import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { learnt, type Kind } from '../unit/workers/training/trees/treeRuns';
import { ofForm } from '../../src/domain/modelling/forms/learntModel';
import { treesForm } from '../../src/domain/modelling/forms/trees';

interface Case {
  readonly name: string;
  readonly learner: string;
  readonly kind: Kind;
  readonly classes: number;
  readonly settings: Readonly<Record<string, number | string>>;
  readonly gaps: boolean;
  readonly y: readonly number[];
  readonly weights: readonly number[] | null;
  readonly answers: readonly number[];
}

interface Golden {
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly features: number;
  readonly x: readonly number[];
  readonly gaps: readonly (number | null)[];
  readonly cases: readonly Case[];
}

const golden = JSON.parse(readFileSync(new URL('./trees.json', import.meta.url), 'utf8')) as Golden;

describe(`trees beside scikit-learn ${golden.versions['scikit-learn']} and xgboost ${golden.versions['xgboost']}, where every value has its bin`, () => {
  for (const one of golden.cases) {
    it(`answer alike, row by row: ${one.name}`, async () => {
      const { rows, features } = golden;
      const x = Float32Array.from(one.gaps ? golden.gaps : golden.x, (value) => value ?? NaN);
      const meanings = Array.from({ length: features }, (_, f) => ({ name: `f${f}`, column: `f${f}`, categories: 0 }));
      const examples = { rows, features, x, y: Float64Array.from(one.y), ...(one.weights ? { weights: Float64Array.from(one.weights) } : {}) };
      const { model } = await learnt(one.learner, { kind: one.kind, classes: one.classes, examples, meanings }, one.settings);
      const told = treesForm.forward(ofForm(model, 'trees'), one.classes, x, rows);
      const size = one.kind === 'regression' ? Math.max(...one.answers.map(Math.abs)) : 1;
      const differences = Array.from(told, (value, i) => Math.abs(value - one.answers[i]!) / size).sort((a, b) => a - b);
      console.log(`${one.name}: median ${differences[Math.floor(differences.length / 2)]!.toExponential(1)}, 99 % ${differences[Math.floor(0.99 * differences.length)]!.toExponential(1)}, largest ${differences.at(-1)!.toExponential(1)}`);
      // The peers' gradients are float32.
      expect(differences.at(-1)!).toBeLessThan(one.learner === 'tree' ? 1e-6 : 1e-4);
    });
  }
});
