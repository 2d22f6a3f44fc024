/**
 * @file Trees as ONNX nodes: TreeEnsembleRegressor where all splits are thresholds; TreeEnsemble of ai.onnx.ml 5 where some are sets of categories,
 * since only it has membership. Both compare float32 with float32 as we do, so every row ends in the same leaf; the leaves are summed in float32.
 */

import type { TreesModel } from '../../../modelling/forms/trees';
import type { GraphBuilder } from '../graph';
import type { OnnxForm } from './form';

export const treesOnnx: OnnxForm<TreesModel> = {
  name: 'trees',
  needsFeatures: () => true,
  emit(graph, model, features) {
    const { output, base } = model;
    const outputs = base.length;
    const ensemble = model.set.length === 0 ? thresholds : memberships;
    if (output === 'mean') {
      const mean = graph.node('Div', [ensemble(graph, model, features), graph.floats([Math.max(1, model.roots.length)], [1])]);
      return { name: graph.node('Add', [mean, graph.floats(base, [1])]), width: 1 };
    }
    if (output === 'shares') {
      const sums = ensemble(graph, model, features);
      return { name: graph.node('Div', [sums, graph.node('ReduceSum', [sums, graph.integers([1], [1])], { keepdims: 1 })]), width: outputs };
    }
    const sums = graph.node('Add', [ensemble(graph, model, features), graph.floats(base, [1, outputs])]);
    if (output === 'sigmoid') return { name: graph.node('Sigmoid', [sums]), width: 1 };
    if (output === 'softmax') return { name: graph.node('Softmax', [sums], { axis: 1 }), width: outputs };
    return { name: output === 'exponential' ? graph.node('Exp', [sums]) : sums, width: 1 };
  },
};

/** [N, outputs] sums of leaves. */
function thresholds(graph: GraphBuilder, { roots, feature, threshold, left, missingLeft, values, width, base }: TreesModel, features: string): string {
  const nodes = { trees: [] as number[], ids: [] as number[], features: [] as number[], modes: [] as string[], yes: [] as number[], no: [] as number[], missing: [] as number[] };
  const targets = { trees: [] as number[], nodes: [] as number[], ids: [] as number[], weights: [] as number[] };
  roots.forEach((root, t) => {
    const end = roots[t + 1] ?? feature.length;
    for (let node = root; node < end; node++) {
      const isLeaf = feature[node]! < 0;
      nodes.trees.push(t);
      nodes.ids.push(node - root);
      nodes.features.push(isLeaf ? 0 : feature[node]!);
      nodes.modes.push(isLeaf ? 'LEAF' : 'BRANCH_LEQ');
      nodes.yes.push(isLeaf ? 0 : left[node]! - root);
      nodes.no.push(isLeaf ? 0 : left[node]! + 1 - root);
      nodes.missing.push(missingLeft[node]!);
      for (let j = 0; isLeaf && j < width; j++) {
        targets.trees.push(t);
        targets.nodes.push(node - root);
        targets.ids.push(width === 1 ? t % base.length : j);
        targets.weights.push(values[left[node]! * width + j]!);
      }
    }
  });
  const attributes = {
    n_targets: base.length,
    aggregate_function: 'SUM',
    post_transform: 'NONE',
    nodes_treeids: nodes.trees,
    nodes_nodeids: nodes.ids,
    nodes_featureids: nodes.features,
    nodes_modes: nodes.modes,
    nodes_values: threshold,
    nodes_truenodeids: nodes.yes,
    nodes_falsenodeids: nodes.no,
    nodes_missing_value_tracks_true: nodes.missing,
    target_treeids: targets.trees,
    target_nodeids: targets.nodes,
    target_ids: targets.ids,
    target_weights: Float32Array.from(targets.weights),
  };
  return graph.node('TreeEnsembleRegressor', [features], attributes, 'ai.onnx.ml');
}

const atMost = 0;
const isMember = 6;

/** The same by the younger operator, in which nodes and leaves are counted apart, a leaf has one number, and a root is a node. */
function memberships(graph: GraphBuilder, model: TreesModel, features: string): string {
  const { roots, feature, threshold, left, missingLeft, set, sets, values, width, base, categories } = model;
  const kept = new Map(categories.map((one) => [one.feature, one.kept]));
  const modes: number[] = [];
  const splits: number[] = [];
  const asked: number[] = [];
  const missing: number[] = [];
  const members: number[] = [];
  const ways: Record<'yes' | 'no', { to: number[]; isLeaf: number[] }> = { yes: { to: [], isLeaf: [] }, no: { to: [], isLeaf: [] } };
  const starts: number[] = [];
  const weights: number[] = [];
  const targets: number[] = [];
  for (let copy = 0; copy < width; copy++) {
    roots.forEach((root, t) => {
      const end = roots[t + 1] ?? feature.length;
      const places = new Map<number, number>();
      starts.push(modes.length);
      let inner = modes.length;
      // Some runtimes take a root for a leaf whose children, one a node and one a leaf, have the same place (onnxruntime#24679): a leaf that nobody
      // reaches moves the others.
      const isInner = (node: number): boolean => feature[node]! >= 0;
      if (isInner(root) && isInner(left[root]!) !== isInner(left[root]! + 1) && inner + 1 === weights.length) {
        weights.push(0);
        targets.push(0);
      }
      for (let node = root; node < end; node++) {
        if (isInner(node)) places.set(node, inner++);
        else {
          places.set(node, weights.length);
          weights.push(values[left[node]! * width + copy]!);
          targets.push(width === 1 ? t % base.length : copy);
        }
      }
      for (let node = root; node < end; node++) {
        const isRootLeaf = node === root && feature[node]! < 0;
        if (feature[node]! < 0 && !isRootLeaf) continue;
        const isSet = !isRootLeaf && set[node]! >= 0;
        asked.push(isRootLeaf ? 0 : feature[node]!);
        modes.push(isSet ? isMember : atMost);
        splits.push(isSet ? 0 : threshold[node]!);
        missing.push(missingLeft[node]!);
        for (const [way, child] of [
          ['yes', isRootLeaf ? node : left[node]!],
          ['no', isRootLeaf ? node : left[node]! + 1],
        ] as const) {
          ways[way].to.push(places.get(child)!);
          ways[way].isLeaf.push(feature[child]! < 0 ? 1 : 0);
        }
        if (!isSet) continue;
        kept.get(feature[node]!)!.forEach((code, at) => {
          const bin = at + 1;
          if ((sets[set[node]! * 8 + (bin >> 5)]! >>> (bin & 31)) & 1) members.push(code);
        });
        members.push(NaN);
      }
    });
  }
  graph.needMl(5);
  const attributes = {
    n_targets: base.length,
    aggregate_function: 1,
    post_transform: 0,
    tree_roots: starts,
    nodes_featureids: asked,
    nodes_modes: { tensor: Uint8Array.from(modes) },
    nodes_splits: { tensor: Float32Array.from(splits) },
    nodes_truenodeids: ways.yes.to,
    nodes_trueleafs: ways.yes.isLeaf,
    nodes_falsenodeids: ways.no.to,
    nodes_falseleafs: ways.no.isLeaf,
    nodes_missing_value_tracks_true: missing,
    membership_values: { tensor: Float32Array.from(members) },
    leaf_targetids: targets,
    leaf_weights: { tensor: Float32Array.from(weights) },
  };
  // In large sets some runtimes find NaN where they find 0: it becomes −1, which no set has.
  const isCategory = graph.floats(Array.from({ length: model.features }, (_, one) => (kept.has(one) ? 1 : 0)), [1, model.features]);
  const isGap = graph.node('And', [graph.node('IsNaN', [features]), graph.node('Greater', [isCategory, graph.floats([0], [1, 1])])]);
  const filled = graph.node('Where', [isGap, graph.floats([-1], [1, 1]), features]);
  return graph.node('TreeEnsemble', [filled], attributes, 'ai.onnx.ml');
}
