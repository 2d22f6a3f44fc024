import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isolationForest, isolationScores } from '../../workers/unsupervised/isolationForest';
import { kMeans } from '../../workers/unsupervised/kMeans';
import { alongComponents, principalComponents } from '../../workers/unsupervised/principalComponents';

interface Rows {
  name: string;
  rows: number;
  features: number;
  x: number[];
}

const golden = JSON.parse(readFileSync(new URL('./unsupervised.json', import.meta.url), 'utf8')) as {
  versions: Record<string, string>;
  means: (Rows & { clusters: number; initial: number[]; centres: number[]; labels: number[]; inertia: number; best: number })[];
  components: (Rows & { count: number; components: number[]; variances: number[]; shares: number[]; means: number[]; along: number[] })[];
  forests: (Rows & { scores: number[]; others: number[] })[];
};

const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.max(a.length === b.length ? 0 : Infinity, ...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** Spearman's rank correlation, ties to their order. */
function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const ranks = (values: ArrayLike<number>): number[] => {
    const rank: number[] = [];
    Array.from(values, (value, i) => [value, i] as const)
      .sort((one, other) => one[0] - other[0] || one[1] - other[1])
      .forEach(([, i], place) => void (rank[i] = place));
    return rank;
  };
  const [r, s] = [ranks(a), ranks(b)];
  const n = r.length;
  return 1 - (6 * r.reduce((sum, one, i) => sum + (one - s[i]!) ** 2, 0)) / (n * (n * n - 1));
}

describe(`beside scikit-learn ${golden.versions['scikit-learn']}`, () => {
  for (const one of golden.means) {
    it(`k-means finds the same centres, labels and inertia from the same start, on both engines: ${one.name}`, async () => {
      for (const engine of ['native', 'plain'] as const) {
        const found = await kMeans(Float32Array.from(one.x), one.rows, one.features, { clusters: one.clusters, seed: 1, engine, initial: Float64Array.from(one.initial) });
        expect(Array.from(found.labels)).toEqual(one.labels);
        expect(difference(found.centres, one.centres)).toBeLessThan(1e-9);
        expect(Math.abs(found.inertia / one.inertia - 1)).toBeLessThan(1e-12);
      }
    });

    it(`k-means comes within 2 % of the best of fifty starts of scikit-learn's with ten of its own: ${one.name}`, async () => {
      const found = await kMeans(Float32Array.from(one.x), one.rows, one.features, { clusters: one.clusters, seed: 1, engine: 'native', starts: 10 });
      expect(found.inertia / one.best).toBeLessThan(1.02);
      expect(found.inertia / one.best).toBeGreaterThan(1 - 1e-3);
    });
  }

  for (const one of golden.components) {
    it(`principal components, their signs, variances and shares are the same, on both engines: ${one.name}`, async () => {
      for (const engine of ['native', 'plain'] as const) {
        const x = Float32Array.from(one.x);
        const found = await principalComponents(x, one.rows, one.features, { components: one.count, engine, seed: 1 });
        expect(difference(found.components, one.components)).toBeLessThan(1e-9);
        expect(difference(found.means, one.means)).toBeLessThan(1e-12);
        expect(difference(found.variances, one.variances)).toBeLessThan(1e-9);
        expect(difference(found.shares, one.shares)).toBeLessThan(1e-12);
        expect(difference(alongComponents(found, x.slice(0, 10 * one.features), 10), one.along)).toBeLessThan(1e-8);
      }
    });

    it(`random projections find them, too: ${one.name}`, async () => {
      const found = await principalComponents(Float32Array.from(one.x), one.rows, one.features, { components: one.count, engine: 'plain', seed: 1, solver: 'randomised' });
      expect(difference(found.components, one.components)).toBeLessThan(1e-6);
      expect(difference(found.variances, one.variances)).toBeLessThan(1e-6);
    });
  }

  for (const one of golden.forests) {
    it(`an isolation forest orders rows as two of scikit-learn's order them among each other: ${one.name}`, async () => {
      const x = Float32Array.from(one.x);
      const forest = await isolationForest(x, one.rows, one.features, { seed: 1 });
      const scores = await isolationScores(forest, x, one.rows);
      const among = rankCorrelation(one.scores, one.others);
      const ours = rankCorrelation(scores, one.scores);
      console.log(`${one.name}: rank correlation ${ours.toFixed(4)} (theirs ${among.toFixed(4)}), mean ${mean(scores).toFixed(4)} (theirs ${mean(one.scores).toFixed(4)}, ${mean(one.others).toFixed(4)})`);
      // One seed more or less: three times what separates two of theirs, and never below 0.95.
      expect(ours).toBeGreaterThan(Math.max(0.95, 1 - 3 * (1 - among)));
      expect(Math.abs(mean(scores) - mean(one.scores))).toBeLessThan(0.01);
    });
  }
});
