/** @file The functions that trees are grown with, by the kernel `trees` or by its twin: one memory, addresses as arguments. What each does is said in the kernel. */

import { bytes } from 'kernel:trees';
import type { Engine } from '../../../src/domain/modelling/learner';
import { startKernel, type Kernel } from '../../kernels/kernel';
import { PlainArena } from './plainArena';
import { plainTrees } from './plainTrees';

/** Addresses are in bytes; 0 stands for what is not there. */
export interface TreeFunctions {
  logistic(n: number, y: number, weights: number, margins: number, gh: number): number;
  softmax(n: number, classes: number, y: number, weights: number, margins: number, probabilities: number): number;
  softmaxClass(n: number, classes: number, k: number, y: number, weights: number, probabilities: number, gh: number): void;
  regression(kind: number, n: number, y: number, weights: number, margins: number, gh: number, scale: number, shape: number): number;
  poisson(n: number, y: number, weights: number, margins: number, gh: number): number;
  multiply(n: number, gh: number, factors: number, to: number): void;
  largest(n: number, gh: number, out: number): void;
  roundedSums(n: number, gh: number, scaleG: number, scaleH: number, out: number): void;
  pack(n: number, gh: number, scaleG: number, scaleH: number, packed: number): void;
  build(hist: number, codes: number, stride: number, features: number, offsets: number, packed: number, order: number, from: number, to: number): void;
  buildClasses(hist: number, codes: number, stride: number, features: number, offsets: number, packed: number, order: number, from: number, to: number, classOf: number, classes: number): void;
  clear(hist: number, cells: number): void;
  subtract(parent: number, child: number, cells: number): void;
  total(from: number, cells: number, out: number): void;
  search(hist: number, features: number, offsets: number, bins: number, mask: number, monotone: number, settings: number, g: number, h: number, out: number): void;
  searchClasses(hist: number, features: number, offsets: number, bins: number, mask: number, settings: number, classes: number, totals: number, major: number, out: number): void;
  partition(order: number, spare: number, from: number, to: number, codes: number, stride: number, table: number): number;
  leafSums(order: number, from: number, to: number, gh: number, scaleG: number, scaleH: number, out: number): void;
  addToRows(order: number, from: number, to: number, margins: number, outputs: number, k: number, value: number): void;
  walk(codes: number, stride: number, order: number, from: number, to: number, nodes: number, tables: number, values: number, width: number, margins: number, outputs: number, k: number): void;
  predict(n: number, x: number, features: number, trees: number, count: number, nodes: number, values: number, width: number, outputs: number, sets: number, margins: number): void;
}

/** Memory with the functions that work on it. */
export type TreeArena = Pick<Kernel<TreeFunctions>, 'run' | 'take' | 'copied' | 'floats' | 'doubles' | 'bytes' | 'words'>;

/** @throws Refusal engineUnavailable where the kernel cannot run */
export const startTrees = async (engine: Engine): Promise<TreeArena> => (engine === 'plain' ? new PlainArena(plainTrees) : startKernel<TreeFunctions>('trees', bytes));
