// How a network lies in memory. The driver (workers/training/dense/kernelNet.ts) writes these words, in this order, before anything runs.

/** One dense layer. Addresses are of float32 numbers; 0 means there is none. */
@unmanaged
export class Layer {
  /** Rows of its weights: the width below, up to a multiple of 4. */
  inputs: i32;
  /** Columns: the width, up to a multiple of 4; 1 for a layer with a single output at the end, whose weights are a plain row. */
  outputs: i32;
  /** The width without the padding. */
  real: i32;
  /** 0 none, 1 ReLU, 2 tanh, 3 GELU. */
  activation: i32;
  /** 0 none, 1 layer, 2 batch. */
  norm: i32;
  residual: i32;
  /** 1: ReLU and nothing else but dropout, so that its gradient is read off its output. */
  simple: i32;
  weights: usize;
  bias: usize;
  scale: usize;
  shift: usize;
  weightGradient: usize;
  biasGradient: usize;
  scaleGradient: usize;
  shiftGradient: usize;
  /** Of a batch norm: mean, then variance, as running averages. */
  running: usize;
  /** Panels of the weights' transpose; 0 where nothing flows further back. */
  transposed: usize;
  /** rows × outputs: normalised, before scale and shift. */
  normalised: usize;
  /** rows × outputs: what ReLU or tanh gave, or GELU's slope. */
  inner: usize;
  /** rows × outputs: dropout's factors. */
  mask: usize;
  /** rows × outputs: what the next layer takes; may be `inner`. */
  output: usize;
  /** 1 / deviation: one a row (layer norm) or one a column (batch norm). */
  factor: usize;
}

/** Words of a layer: the step from one to the next. */
export const layerBytes: usize = 22 * 4;

@unmanaged
export class Embedding {
  width: i32;
  /** Where its numbers begin in a row of the input. */
  start: i32;
  table: usize;
  gradient: usize;
  first: usize;
  second: usize;
  /** A 1 for each row of the table that the batch has touched. */
  touched: usize;
  /** The rows that the batch has touched, and how many. */
  list: usize;
  count: i32;
}

export const embeddingBytes: usize = 9 * 4;

@unmanaged
export class Net {
  layers: i32;
  firstLayer: usize;
  embeddings: i32;
  firstEmbedding: usize;
  /** Width of a row of the input, and of its numbers alone, both up to a multiple of 4. */
  inputs: i32;
  numbers: i32;
  /** Rows of a batch; rows that go forward and back together. */
  batch: i32;
  chunk: i32;
  /** All training rows: numbers (rows × numbers), codes (rows × embeddings, int32), targets, weights (0: all are 1), and their order. */
  x: usize;
  codes: usize;
  y: usize;
  w: usize;
  order: usize;
  /** One chunk: input, targets, weights. */
  xs: usize;
  ys: usize;
  ws: usize;
  /** Three buffers of chunk × the widest layer, for gradients of outputs. */
  delta: usize;
  deltaBytes: usize;
  /** 0 sigmoid, 1 softmax, 2 squared, 3 Huber, 4 quantile; its number. */
  loss: i32;
  lossNumber: f32;
  /** Words below this are dropped, of 2^32; what stays is multiplied by `kept`. */
  dropBelow: u32;
  kept: f32;
  /** Sixteen words of dropout's generator, then four of the shuffle's. */
  chance: usize;
  parameters: usize;
  gradients: usize;
  first: usize;
  second: usize;
  /** Numbers that decay, at the beginning; numbers of all layers. */
  decaying: i32;
  dense: i32;
  /** 0 AdamW, 1 Adam with the penalty in the gradient, 2 SGD with momentum. */
  optimiser: i32;
  decay: f32;
  momentum: f32;
  /** Greatest norm of the gradient; 0: any. */
  clip: f32;
}

export function layerAt(net: Net, l: i32): Layer {
  return changetype<Layer>(net.firstLayer + <usize>l * layerBytes);
}

export function embeddingAt(net: Net, e: i32): Embedding {
  return changetype<Embedding>(net.firstEmbedding + <usize>e * embeddingBytes);
}
