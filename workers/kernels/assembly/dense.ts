// Dense networks in float32: forward, back and one step of the optimiser for each batch, in calls of as many chunks of rows as the driver
// likes. Its driver is workers/training/dense/kernelNet.ts, its twin workers/training/dense/plainNet.ts.
import { shuffle } from './denseChance';
import { backward, fill, forward, turn } from './denseForward';
import { singleLoss, softmaxLoss, lossSoftmax } from './denseLosses';
import { embeddingAt, layerAt, Net } from './denseNet';
import { adam, adamStep, adamW, sgdStep, squares } from './denseSteps';

/** A new order of the training rows. */
export function reorder(at: usize, rows: i32): void {
  const net = changetype<Net>(at);
  shuffle(net.order, rows, net.chance + 64);
}

/**
 * Trains on the rows from, …, to − 1 of the order. Both are ends of chunks; where a batch ends, the optimiser takes a step.
 * @param rows all training rows
 * @param steps four numbers for each batch, from the one that `from` lies in: rate, epsilon, 1 − rate · decay, 0
 * @param total the weighted sum of losses so far
 * @returns the sum with these rows
 */
export function train(at: usize, rows: i32, from: i32, to: i32, steps: usize, total: f64): f64 {
  const net = changetype<Net>(at);
  let step = steps;
  while (from < to) {
    const start = from - (from % net.batch);
    const end = min(rows, start + net.batch);
    const stop = min(end, from + net.chunk);
    const fresh = from == start;
    if (fresh) turn(net);
    const count = stop - from;
    gather(net, from, count);
    const z = forward(net, count, true);
    total = lossOf(net, z, net.delta, count, 1 / <f32>(end - start), total);
    const input = backward(net, count, fresh);
    if (net.embeddings > 0) scatter(net, input, from, count);
    if (stop == end) {
      stepOf(net, step);
      step += 16;
    }
    from = stop;
  }
  return total;
}

function gather(net: Net, from: i32, count: i32): void {
  for (let i: i32 = 0; i < count; i++) {
    const row = <usize>load<i32>(net.order + (<usize>(from + i) << 2));
    fill(net, net.x + ((row * <usize>net.numbers) << 2), net.codes + ((row * <usize>net.embeddings) << 2), net.xs + (<usize>(i * net.inputs) << 2), true);
    store<f32>(net.ys + (<usize>i << 2), load<f32>(net.y + (row << 2)));
    store<f32>(net.ws + (<usize>i << 2), net.w ? load<f32>(net.w + (row << 2)) : <f32>1);
  }
  weightless(net, count);
}

/** Rows up to a multiple of 4 weigh nothing. */
function weightless(net: Net, count: i32): void {
  for (let i = count; (i & 3) != 0; i++) store<f32>(net.ws + (<usize>i << 2), 0);
}

function lossOf(net: Net, z: usize, d: usize, rows: i32, share: f32, total: f64): f64 {
  const last = layerAt(net, net.layers - 1);
  if (net.loss == lossSoftmax && last.outputs == 1) {
    // A single class is certain.
    memory.fill(d, 0, <usize>rows << 2);
    return total;
  }
  return net.loss == lossSoftmax
    ? softmaxLoss(z, net.ys, net.ws, d, rows, last.real, last.outputs, share, total)
    : singleLoss(net.loss, net.lossNumber, z, net.ys, net.ws, d, rows, share, total);
}

/** Adds the gradient of the input to those of the embeddings' rows. */
function scatter(net: Net, d: usize, from: i32, count: i32): void {
  for (let e: i32 = 0; e < net.embeddings; e++) {
    const one = embeddingAt(net, e);
    const stride = (one.width + 3) & ~3;
    for (let i: i32 = 0; i < count; i++) {
      const row = load<i32>(net.order + (<usize>(from + i) << 2));
      const code = load<i32>(net.codes + (<usize>(row * net.embeddings + e) << 2));
      const g = one.gradient + (<usize>code * <usize>stride << 2);
      const own = d + (<usize>(i * net.inputs + one.start) << 2);
      for (let k: i32 = 0; k < one.width; k++) {
        const byte = <usize>k << 2;
        store<f32>(g + byte, load<f32>(g + byte) + load<f32>(own + byte));
      }
    }
  }
}

function stepOf(net: Net, step: usize): void {
  const rate = load<f32>(step), epsilon = load<f32>(step, 4), kept = load<f32>(step, 8);
  let share: f32 = 1;
  if (net.clip > 0) {
    let sum = squares(net.gradients, net.dense);
    for (let e: i32 = 0; e < net.embeddings; e++) {
      const one = embeddingAt(net, e);
      const stride = (one.width + 3) & ~3;
      for (let i: i32 = 0; i < one.count; i++) sum += squares(one.gradient + ((<usize>load<i32>(one.list + (<usize>i << 2)) * <usize>stride) << 2), stride);
    }
    const norm = sqrt<f64>(sum);
    if (norm > <f64>net.clip) share = <f32>(<f64>net.clip / norm);
  }
  const first = <usize>net.decaying << 2;
  const decays = net.optimiser != adamW && net.decay != 0;
  update(net, net.parameters, net.gradients, net.first, net.second, net.decaying, rate, epsilon, kept, decays ? net.decay : 0, share);
  update(net, net.parameters + first, net.gradients + first, net.first + first, net.second + first, net.dense - net.decaying, rate, epsilon, 1, 0, share);
  for (let e: i32 = 0; e < net.embeddings; e++) {
    const one = embeddingAt(net, e);
    const stride = (one.width + 3) & ~3;
    for (let i: i32 = 0; i < one.count; i++) {
      const row = <usize>load<i32>(one.list + (<usize>i << 2));
      const byte = (row * <usize>stride) << 2;
      update(net, one.table + byte, one.gradient + byte, one.first + byte, one.second + byte, stride, rate, epsilon, 1, 0, share);
      memory.fill(one.gradient + byte, 0, <usize>stride << 2);
      store<u8>(one.touched + row, 0);
    }
    one.count = 0;
  }
}

function update(net: Net, p: usize, g: usize, m: usize, v: usize, count: i32, rate: f32, epsilon: f32, kept: f32, penalty: f32, share: f32): void {
  if (net.optimiser == adamW || net.optimiser == adam) adamStep(p, g, m, v, count, rate, epsilon, kept, penalty, share);
  else sgdStep(p, g, m, count, rate, net.momentum, penalty, share);
}

/**
 * The last layer's numbers of rows (at most a chunk) that lie at x and codes as the training rows do.
 * @returns where they are: rows × outputs of the last layer
 */
export function answer(at: usize, x: usize, codes: usize, rows: i32): usize {
  const net = changetype<Net>(at);
  for (let i: i32 = 0; i < rows; i++) {
    fill(net, x + (<usize>(i * net.numbers) << 2), codes + (<usize>(i * net.embeddings) << 2), net.xs + (<usize>(i * net.inputs) << 2), false);
  }
  return forward(net, rows, false);
}

/** The weighted sum of losses of such rows, with their targets and weights in `ys` and `ws`, added to `total`. */
export function score(at: usize, x: usize, codes: usize, rows: i32, total: f64): f64 {
  const net = changetype<Net>(at);
  const z = answer(at, x, codes, rows);
  weightless(net, rows);
  return lossOf(net, z, net.delta, rows, 0, total);
}
