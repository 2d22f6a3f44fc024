/** @file Answers of tree models for many rows, by the kernel or its twin; the same bits as the form's own `forward`. */

import { withBins, writeAnswers, type TreesModel } from '../../../src/domain/modelling/forms/trees';
import type { Engine } from '../../../src/domain/modelling/learner';
import { startTrees } from './arithmetic';

/** Rows in memory at once. */
const block = 1 << 16;

/** n × K probabilities, or n values. NaN is missing. */
export async function predictTrees(model: TreesModel, classes: number, x: Float32Array, rows: number, engine: Engine): Promise<Float64Array> {
  const { features, base, width, roots, values, sets } = model;
  const arena = await startTrees(engine);
  const { nodes, trees } = flattened(model);
  const [nodesAt, treesAt, valuesAt, setsAt] = [arena.copied(nodes), arena.copied(trees), arena.copied(values), sets.length === 0 ? 0 : arena.copied(sets)];
  const most = Math.min(rows, block);
  const outputs = base.length;
  const xAt = arena.take(4 * most * features);
  const marginsAt = arena.take(8 * most * outputs);
  const answerWidth = Math.max(classes, 1);
  const answer = new Float64Array(rows * answerWidth);
  for (let from = 0; from < rows; from += block) {
    const n = Math.min(block, rows - from);
    arena.floats(xAt, n * features).set(withBins(model, x.subarray(from * features, (from + n) * features), n));
    const margins = arena.doubles(marginsAt, n * outputs);
    if (outputs === 1) margins.fill(base[0]!);
    else for (let i = 0; i < n; i++) margins.set(base, i * outputs);
    arena.run.predict(n, xAt, features, treesAt, roots.length, nodesAt, valuesAt, width, outputs, setsAt, marginsAt);
    writeAnswers(model, margins, answer.subarray(from * answerWidth, (from + n) * answerWidth));
  }
  return answer;
}

/** Nodes of 16 bytes as the kernel wants them, and for each tree where it begins and how deep it is. */
function flattened({ roots, feature, threshold, left, missingLeft, set }: TreesModel): { readonly nodes: Uint32Array; readonly trees: Uint32Array } {
  const nodes = new Uint32Array(4 * feature.length);
  const floats = new Float32Array(nodes.buffer);
  const trees = new Uint32Array(2 * roots.length);
  const depths = new Uint16Array(feature.length);
  for (let t = 0; t < roots.length; t++) {
    const root = roots[t]!;
    const end = roots[t + 1] ?? feature.length;
    let depth = 0;
    for (let node = root; node < end; node++) {
      const at = 4 * node;
      if (feature[node]! < 0) {
        // A leaf leads to itself.
        floats[at + 1] = Infinity;
        nodes[at + 2] = 16 * (node - root);
        nodes[at + 3] = 3 + 4 * left[node]!;
        depth = Math.max(depth, depths[node]!);
        continue;
      }
      const isSet = set.length > 0 && set[node]! >= 0;
      nodes[at] = 4 * feature[node]!;
      floats[at + 1] = threshold[node]!;
      nodes[at + 2] = 16 * (left[node]! - root);
      nodes[at + 3] = isSet ? 4 + 8 * set[node]! : missingLeft[node]!;
      depths[left[node]!] = depths[left[node]! + 1] = depths[node]! + 1;
    }
    trees[2 * t] = 16 * root;
    trees[2 * t + 1] = depth;
  }
  return { nodes, trees };
}
