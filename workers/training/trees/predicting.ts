/** @file Answers of tree models for many rows, by the kernel or its twin; the same bits as the form's own `forward`. A model is laid out once and kept as long as it is. */

import { withBins, writeAnswers, type TreesModel } from '../../../src/domain/modelling/forms/trees';
import type { Engine } from '../../../src/domain/modelling/learner';
import { breathe } from '../../steps/breathe';
import { answeringEngine } from '../answeringEngine';
import { breathing } from '../breath';
import { startTrees, type TreeArena } from './arithmetic';
import type { Breathe } from './treeTraining';

/** Rows in memory at once, at most, and numbers in their features. */
const [mostRows, mostNumbers] = [1 << 14, 1 << 21];
/** Nodes that rows pass between two breaths: ten milliseconds of the kernel, some tens of its twin. */
const nodesAtOnce = 4e6;
/** Rows of a block of the kernel. */
const fewestRows = 128;
/** Nodes that are laid out between two breaths. */
const nodesOfLayout = 1 << 16;

/** A model in memory, with room for the rows of one block. */
interface LaidOut {
  readonly arena: TreeArena;
  readonly block: number;
  readonly x: number;
  readonly margins: number;
  readonly trees: number;
  readonly nodes: number;
  readonly values: number;
  readonly sets: number;
}

const laidOut = { native: new WeakMap<TreesModel, Promise<LaidOut>>(), plain: new WeakMap<TreesModel, Promise<LaidOut>>() };

function layoutOf(model: TreesModel, engine: 'native' | 'plain', pause: Breathe): Promise<LaidOut> {
  let layout = laidOut[engine].get(model);
  if (layout === undefined) {
    layout = layOut(model, engine, pause);
    laidOut[engine].set(model, layout);
    layout.catch(() => laidOut[engine].delete(model));
  }
  return layout;
}

async function layOut(model: TreesModel, engine: 'native' | 'plain', pause: Breathe): Promise<LaidOut> {
  const { features, base, values, sets } = model;
  const arena = await startTrees(engine);
  const { nodes, trees, depth } = await flattened(model, pause);
  const block = Math.max(fewestRows, Math.min(mostRows, Math.floor(mostNumbers / Math.max(1, features)), Math.floor(nodesAtOnce / Math.max(1, depth))));
  return {
    arena,
    block,
    nodes: arena.copied(nodes),
    trees: arena.copied(trees),
    values: arena.copied(values),
    sets: sets.length === 0 ? 0 : arena.copied(sets),
    x: arena.take(4 * block * features),
    margins: arena.take(8 * block * base.length),
  };
}

/** n × K probabilities, or n values. NaN is missing. @param engine its twin answers where the kernel cannot run */
export async function predictTrees(model: TreesModel, classes: number, x: Float32Array, rows: number, engine: Engine): Promise<Float64Array> {
  const { features, base, width, roots } = model;
  const outputs = base.length;
  const pause = breathing({ breathe });
  const at = await layoutOf(model, answeringEngine(engine), pause);
  const { arena, block } = at;
  const answerWidth = Math.max(classes, 1);
  const answer = new Float64Array(rows * answerWidth);
  for (let from = 0; from < rows; from += block) {
    const n = Math.min(block, rows - from);
    // From here to the answers there is no breath: another call may use the same memory.
    arena.floats(at.x, n * features).set(withBins(model, x.subarray(from * features, (from + n) * features), n));
    const margins = arena.doubles(at.margins, n * outputs);
    if (outputs === 1) margins.fill(base[0]!);
    else for (let i = 0; i < n; i++) margins.set(base, i * outputs);
    arena.run.predict(n, at.x, features, at.trees, roots.length, at.nodes, at.values, width, outputs, at.sets, at.margins);
    writeAnswers(model, margins, answer.subarray(from * answerWidth, (from + n) * answerWidth));
    const wait = pause();
    if (wait) await wait;
  }
  return answer;
}

/** Nodes of 16 bytes as the kernel wants them; for each tree where it begins and how deep it is; and how deep all are together. */
async function flattened({ roots, feature, threshold, left, missingLeft, set }: TreesModel, pause: Breathe): Promise<{ readonly nodes: Uint32Array; readonly trees: Uint32Array; readonly depth: number }> {
  const nodes = new Uint32Array(4 * feature.length);
  const floats = new Float32Array(nodes.buffer);
  const trees = new Uint32Array(2 * roots.length);
  const depths = new Uint16Array(feature.length);
  let all = 0;
  for (let t = 0; t < roots.length; t++) {
    const root = roots[t]!;
    const end = roots[t + 1] ?? feature.length;
    let depth = 0;
    for (let node = root; node < end; node++) {
      if (node % nodesOfLayout === 0) {
        const wait = pause();
        if (wait) await wait;
      }
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
    all += depth;
  }
  return { nodes, trees, depth: all };
}
