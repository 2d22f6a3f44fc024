/** @file Lays a dense network out in the kernel's memory: the words of `kernels/assembly/denseNet.ts`, in their order. */

import type { Kernel } from '../../kernels/kernel';
import { four, type Layout } from './layout';
import { chanceWords } from './machine';
import { copyRows, type DenseRows } from './rows';
import { dropBelow, type DenseRules, type DenseShape } from './shape';

const activations = { linear: 0, relu: 1, tanh: 2, gelu: 3 } as const;
const norms = { none: 0, layer: 1, batch: 2 } as const;
const losses = { sigmoid: 0, softmax: 1, squared: 2, huber: 3, quantile: 4 } as const;
const optimisers = { adamw: 0, adam: 1, sgd: 2 } as const;

/** A float32 among words. */
class Single {
  constructor(readonly value: number) {}
}

/** Addresses that the driver needs. */
export interface NetworkPlaces {
  readonly net: number;
  readonly parameters: number;
  readonly moments: readonly number[];
  readonly chance: number;
  /** Numbers of the steps of one call. */
  readonly steps: number;
  /** Targets and weights of a chunk. */
  readonly ys: number;
  readonly ws: number;
  /** Rows to be scored or answered. */
  readonly block: number;
  readonly blockCodes: number;
}

/** @param sizes numbers of steps, and rows of a block. @throws Refusal outOfMemory */
export function networkWords<F>(
  kernel: Kernel<F>,
  shape: DenseShape,
  rules: DenseRules,
  layout: Layout,
  training: DenseRows | undefined,
  sizes: { readonly steps: number; readonly block: number },
): NetworkPlaces {
  const trains = training !== undefined;
  const chunk = four(rules.chunk);
  const numbers = layout.numbers.length;
  const inputs = layout.layers[0]!.rows;
  const take = (count: number): number => kernel.take(4 * count);
  const parameters = take(layout.size);
  const gradients = trains ? take(layout.learnt) : 0;
  const first = trains ? take(layout.learnt) : 0;
  const second = trains && rules.optimiser !== 'sgd' ? take(layout.learnt) : 0;
  const place = (at: number, base = parameters): number => (at < 0 || base === 0 ? 0 : base + 4 * at);
  const xs = take(chunk * inputs);
  const [ys, ws] = [take(chunk), take(chunk)];
  const layerWords = shape.layers.flatMap((layer, l) => {
    const { rows, columns, weights, bias, scale, shift, running } = layout.layers[l]!;
    const last = l + 1 === shape.layers.length;
    const simple = !last && layer.activation === 'relu' && layer.norm === 'none' && !layer.residual;
    const inner = take(chunk * columns);
    const drops = trains && rules.dropout > 0 && !last;
    // GELU's slope is wanted on the way back, and so is what was there before dropout and the sum.
    const apart = !last && !simple && (layer.activation === 'gelu' || layer.residual || drops);
    return [
      rows,
      columns,
      layer.outputs,
      activations[layer.activation],
      norms[layer.norm],
      layer.residual ? 1 : 0,
      simple ? 1 : 0,
      place(weights),
      place(bias),
      place(scale),
      place(shift),
      place(weights, gradients),
      place(bias, gradients),
      place(scale, gradients),
      place(shift, gradients),
      place(running),
      trains && columns > 1 && (l > 0 || shape.embeddings.length > 0) ? take(rows * columns) : 0,
      layer.norm === 'none' ? 0 : take(chunk * columns),
      inner,
      drops && !simple ? take(chunk * columns) : 0,
      apart ? take(chunk * columns) : inner,
      layer.norm === 'none' ? 0 : take(layer.norm === 'layer' ? chunk : columns),
    ];
  });
  const embeddingWords = shape.embeddings.flatMap(({ categories, width }, e) => {
    const { at, start } = layout.tables[e]!;
    const touched = trains ? kernel.take(categories + 1) : 0;
    const most = Math.min(categories + 1, rules.batch);
    return [width, start, place(at), place(at, gradients), place(at, first), place(at, second), touched, trains ? take(most) : 0, 0];
  });
  const widest = Math.max(inputs, ...layout.layers.map(({ columns }) => columns));
  const deltaCount = chunk * widest;
  const delta = take(deltaCount * (trains ? 3 : 1));
  const chance = take(chanceWords);
  const words = (list: readonly (number | Single)[]): number => put(kernel, take(list.length), list);
  const firstLayer = words(layerWords);
  const firstEmbedding = words(embeddingWords);
  const at = training && trainingPlaces(kernel, training, numbers);
  const net = words([
    shape.layers.length,
    firstLayer,
    shape.embeddings.length,
    firstEmbedding,
    inputs,
    four(numbers),
    rules.batch,
    rules.chunk,
    at?.x ?? 0,
    at?.codes ?? 0,
    at?.y ?? 0,
    at?.w ?? 0,
    at?.order ?? 0,
    xs,
    ys,
    ws,
    delta,
    4 * deltaCount,
    losses[rules.loss],
    new Single(rules.lossNumber),
    dropBelow(rules.dropout),
    new Single(1 / (1 - rules.dropout)),
    chance,
    parameters,
    gradients,
    first,
    second,
    layout.decaying,
    layout.dense,
    optimisers[rules.optimiser],
    new Single(rules.decay),
    new Single(rules.momentum),
    new Single(rules.clip),
  ]);
  const steps = take(sizes.steps);
  const block = take(sizes.block * four(numbers));
  const blockCodes = take(sizes.block * shape.embeddings.length);
  return { net, parameters, moments: [first, second].filter((one) => one !== 0), chance, steps, ys, ws, block, blockCodes };
}

function put<F>(kernel: Kernel<F>, at: number, list: readonly (number | Single)[]): number {
  const whole = kernel.words(at, list.length);
  const singles = kernel.floats(at, list.length);
  list.forEach((one, i) => {
    if (one instanceof Single) singles[i] = one.value;
    else whole[i] = one;
  });
  return at;
}

function trainingPlaces<F>(kernel: Kernel<F>, { rows, x, codes, y, w }: DenseRows, numbers: number): { readonly x: number; readonly codes: number; readonly y: number; readonly w: number; readonly order: number } {
  const stride = four(numbers);
  const at = kernel.take(4 * rows * stride);
  copyRows(x, numbers, 0, rows, kernel.floats(at, rows * stride), stride);
  return { x: at, codes: kernel.copied(codes), y: kernel.copied(y), w: w ? kernel.copied(w) : 0, order: kernel.take(4 * rows) };
}
