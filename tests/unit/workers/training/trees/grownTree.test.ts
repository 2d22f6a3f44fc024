/** @file Grown trees as a checkpoint keeps them. */
import { describe, expect, it } from 'vitest';
import { emptyTree, keptTree, restoredTrees, savedTrees, writeTable, type GrownTree } from '../../../../../workers/training/trees/grownTree';
import { largeStateBytes, stateOf, type SavedNumbers } from '../../../../../workers/training/savedState';
import { PlainArena } from '../../../../../workers/training/trees/plainArena';
import { plainTrees } from '../../../../../workers/training/trees/plainTrees';
import { Walker } from '../../../../../workers/training/trees/treeTraining';
import { learnt, oddRows, planFor, quiet } from './treeRuns';
import { learnerNamed } from '../../../../../workers/training/learners/registry';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';

const split: GrownTree = {
  feature: [2, -1, 0, -1, -1], left: [1, 0, 3, 1, 2], bin: [255, 0, 0, 0, 0], missingLeft: [1, 0, 0, 0, 0], set: [-1, -1, 0, -1, -1],
  sets: [4_294_967_295, 0, 1, 0, 0, 0, 0, 2_147_483_648], cover: [9, 4, 5, 2, 3], gain: [1.5, 0, 0.25, 0, 0], values: [0.5, -0.25, 1],
};
const stump: GrownTree = { ...emptyTree(), feature: [-1], left: [0], bin: [0], missingLeft: [0], set: [-1], cover: [3], gain: [0], values: [-2] };

describe('grown trees in a checkpoint', () => {
  it('come back list for list, with sets of categories and without', async () => {
    const trees = [stump, split, stump, split].map(keptTree);
    const bytes = await largeStateBytes('m', {}, savedTrees(trees), () => undefined);
    expect(restoredTrees(stateOf<SavedNumbers>('m', bytes)!.arrays)).toStrictEqual(trees);
  });

  it('send the same codes left when kept as while they grew', () => {
    const [grown, kept] = [new Uint8Array(256).fill(7), new Uint8Array(256).fill(7)];
    for (const tree of [split, { ...split, bin: [3, 0, 0, 0, 0], missingLeft: [0, 0, 0, 0, 0], set: [-1, -1, -1, -1, -1], sets: [] }]) {
      for (const node of [0, 2]) {
        writeTable(tree, node, grown);
        writeTable(keptTree(tree), node, kept);
        expect(kept).toEqual(grown);
      }
    }
    expect(Array.from(grown.subarray(0, 3))).toEqual([0, 0, 0]);
    writeTable({ ...split, bin: [3, 0, 0, 0, 0], missingLeft: [1, 0, 0, 0, 0] }, 0, grown);
    expect(Array.from(grown.subarray(0, 6))).toEqual([1, 1, 1, 1, 0, 0]);
    writeTable(split, 2, grown);
    expect([grown[0], grown[31], grown[32], grown[64], grown[254], grown[255]]).toEqual([1, 1, 0, 1, 0, 1]);
  });

  it('take no more than 28 bytes a node of a forest', async () => {
    const { kind, classes, examples, meanings } = oddRows('classification', 2, 3000, 1);
    const states: Uint8Array[] = [];
    const given = { trees: 4, max_depth: 0, min_leaf: 0 };
    await learnerNamed('forest').train(
      { kind, classes, train: examples, validation: { ...examples, rows: 0, x: new Float32Array(0), y: new Float64Array(0) }, plan: planFor('forest', given), meanings },
      { ...quiet, checkpointDue: () => true, checkpoint: async (state) => void states.push(state) },
    );
    const three = await learnt('forest', { kind, classes, examples, meanings }, { ...given, trees: 3 });
    const nodes = ofForm(three.model, 'trees').feature.length;
    expect(nodes).toBeGreaterThan(1000);
    expect(states.at(-1)!.length).toBeLessThan(28 * nodes + 2000);
  });
});

describe('a large tree that is laid out for a walk', () => {
  it('gives way while its tables are written', async () => {
    const nodes = 20_001;
    const list = (of: (i: number) => number): number[] => Array.from({ length: nodes }, (_, i) => of(i));
    const isInner = (i: number): boolean => i < (nodes - 1) / 2;
    const tree: GrownTree = {
      ...emptyTree(),
      feature: list((i) => (isInner(i) ? 0 : -1)),
      left: list((i) => (isInner(i) ? 2 * i + 1 : i - (nodes - 1) / 2)),
      bin: list(() => 1),
      missingLeft: list(() => 0),
      values: Array.from({ length: (nodes + 1) / 2 }, () => 1),
    };
    let breaths = 0;
    await new Walker(new PlainArena(plainTrees), () => void breaths++).load(keptTree(tree), 1);
    expect(breaths).toBe(2);
  });
});
