/** @file Our kernels against libraries in Python, each on one thread, one after the other on the same machine: the table of the README. */
import type { Bench, Line } from '../../scripts/tools/benchRow.mjs';
import { enginesPage } from './peers/enginesPage.mjs';
import { pythonPeers } from './peers/python.mjs';

export const work = 'native kernels';
export const peer = '';
export const target = null;

interface Row {
  readonly work: string;
  /** A file of `engines`, and a function of it. */
  readonly file: string;
  readonly run?: string;
  readonly script: string;
  /** Beginning of a peer's name in what the script prints, and how many times as long it must take; null where nothing is promised. */
  readonly peers: readonly (readonly [name: string, target: number | null])[];
}

const dense = 'dense 20→64→64→1, 20,000 rows, one epoch';
const table: readonly Row[] = [
  { work: `${dense}, batch 32`, file: 'dense', script: 'dense.py', peers: [['PyTorch CPU, batch 32', 8], ['scikit-learn MLPClassifier, batch 32', 4]] },
  { work: `${dense}, batch 512`, file: 'dense', run: 'oursAt512', script: 'dense.py', peers: [['PyTorch CPU, batch 512', 1.2], ['scikit-learn MLPClassifier, batch 512', 1.5]] },
  { work: 'logistic regression, 100,000 × 50', file: 'logistic', script: 'logistic.py', peers: [['scikit-learn LogisticRegression lbfgs', 1]] },
  { work: 'boosted trees, 100,000 × 20, 100 trees of depth 6, 255 bins', file: 'trees', script: 'trees.py', peers: [['xgboost hist', 0.8], ['LightGBM', 0.8]] },
  { work: 'boosted trees, prediction of 1,000,000 rows', file: 'treesPredict', script: 'trees.py', peers: [['xgboost predict', 0.67]] },
  { work: 'nearest neighbours, 20,000 × 20, 2,000 questions', file: 'neighbours', script: 'neighbours.py', peers: [['scikit-learn KNeighborsClassifier', 1]] },
  { work: 'k-means', file: 'kMeans', script: 'kMeans.py', peers: [['scikit-learn KMeans, lloyd', null]] },
  { work: 'explainable boosting machine, 20,000 × 15', file: 'ebm', script: 'ebm.py', peers: [['interpret ExplainableBoostingClassifier', 1]] },
];

export async function run(bench: Bench): Promise<readonly Line[]> {
  const page = await bench.openFolder(await enginesPage());
  const printed = new Map<string, Awaited<ReturnType<typeof pythonPeers>>>();
  const lines: Line[] = [];
  for (const row of table) {
    const found = await page.evaluate(([file, name]) => globalThis.benchEngine(file!, name), [row.file, row.run ?? 'ours']);
    if (!printed.has(row.script)) printed.set(row.script, await pythonPeers(row.script));
    const peers = printed.get(row.script)!;
    for (const [name, least] of row.peers) {
      const key = Object.keys(peers ?? {}).find((known) => known.startsWith(name));
      if (peers !== null && key === undefined) throw new Error(`${row.script} measured no ${name}`);
      const peer = key === undefined ? null : peers![key]!;
      lines.push({ work: row.work, peer: peer === null ? `${name} (not installed)` : `${key} ${peer.version}`, target: least, ours: found['ms']!, peerValue: peer?.ms ?? null, unit: 'ms' });
    }
  }
  return lines;
}
