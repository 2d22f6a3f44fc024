// From a chunk of rows to the numbers of the last layer, and back from their gradient to the gradients of all weights.
import { words4 } from './denseChance';
import { geluShare4, geluSlope4, tanh4 } from './denseCurves';
import { embeddingAt, Layer, layerAt, Net } from './denseNet';
import { batchNorm, batchNormBack, batchNormLearnt, layerNorm, layerNormBack, normBatch, normLayer } from './denseNorms';
import { columnSums, epilogueGate, epilogueNone, epilogueRelu, gradient, product, transposed } from './denseProducts';
import { singleBack, singleGradient, singleProduct, singleSum } from './denseSingle';

const relu: i32 = 1;
const tanh: i32 = 2;
const gelu: i32 = 3;

/** What a layer is given: the input, or the output of the layer below. */
function givenTo(net: Net, l: i32): usize {
  return l == 0 ? net.xs : layerAt(net, l - 1).output;
}

/** One row of the input: numbers, then embeddings. */
export function fill(net: Net, x: usize, codes: usize, to: usize, note: bool): void {
  const numbers = <usize>net.numbers << 2;
  for (let k: usize = 0; k < numbers; k += 16) v128.store(to + k, v128.load(x + k));
  for (let e: i32 = 0; e < net.embeddings; e++) {
    const one = embeddingAt(net, e);
    const row = <usize>load<i32>(codes + (<usize>e << 2));
    const stride = <usize>((one.width + 3) & ~3) << 2;
    memory.copy(to + (<usize>one.start << 2), one.table + row * stride, <usize>one.width << 2);
    if (note && load<u8>(one.touched + row) == 0) {
      store<u8>(one.touched + row, 1);
      store<i32>(one.list + (<usize>one.count << 2), <i32>row);
      one.count++;
    }
  }
}

/** The rows of the chunk lie in `xs`. @returns where the last layer's numbers are */
export function forward(net: Net, rows: i32, training: bool): usize {
  for (let l: i32 = 0; l < net.layers; l++) {
    const layer = layerAt(net, l);
    const given = givenTo(net, l);
    if (layer.outputs == 1) singleProduct(given, layer.weights, load<f32>(layer.bias), layer.inner, rows, layer.inputs);
    else product(given, layer.weights, layer.inner, rows, layer.inputs, layer.outputs, layer.bias, 0, layer.simple ? epilogueRelu : epilogueNone, 0, 1);
    if (layer.norm == normLayer) layerNorm(layer, rows);
    else if (layer.norm == normBatch) {
      if (training) batchNorm(layer, net.ws, rows);
      else batchNormLearnt(layer, rows);
    }
    const drops = training && net.dropBelow != 0 && l + 1 < net.layers;
    if (!layer.simple && layer.activation != 0) activate(net, layer, given, rows, drops);
    else if (drops) dropSimple(net, layer, rows);
  }
  return layerAt(net, net.layers - 1).output;
}

function dropFactors(net: Net, below: v128, kept: v128): v128 {
  return v128.andnot(kept, i32x4.lt_u(words4(net.chance), below));
}

function dropSimple(net: Net, layer: Layer, rows: i32): void {
  const below = i32x4.splat(net.dropBelow), kept = f32x4.splat(net.kept);
  const size = <usize>(rows * layer.outputs) << 2;
  for (let i: usize = 0; i < size; i += 16) v128.store(layer.output + i, f32x4.mul(v128.load(layer.output + i), dropFactors(net, below, kept)));
}

function activate(net: Net, layer: Layer, given: usize, rows: i32, drops: bool): void {
  const kind = layer.activation;
  const below = i32x4.splat(net.dropBelow), kept = f32x4.splat(net.kept);
  const size = <usize>(rows * layer.outputs) << 2;
  for (let i: usize = 0; i < size; i += 16) {
    const u = v128.load(layer.inner + i);
    let h: v128;
    if (kind == gelu) {
      // The slope now, while the exponential is at hand.
      const share = geluShare4(u);
      h = f32x4.mul(u, share);
      v128.store(layer.inner + i, geluSlope4(u, share));
    } else {
      h = kind == tanh ? tanh4(u) : f32x4.max(u, f32x4.splat(0));
      v128.store(layer.inner + i, h);
    }
    if (drops) {
      const factors = dropFactors(net, below, kept);
      v128.store(layer.mask + i, factors);
      h = f32x4.mul(h, factors);
    }
    if (layer.residual) h = f32x4.add(h, v128.load(given + i));
    v128.store(layer.output + i, h);
  }
}

/** From the gradient of a layer's output to that of x·W + b. */
function settle(net: Net, layer: Layer, from: usize, to: usize, rows: i32, fresh: bool): void {
  const kind = layer.activation;
  const drops = net.dropBelow != 0;
  const size = <usize>(rows * layer.outputs) << 2;
  for (let i: usize = 0; i < size; i += 16) {
    let g = v128.load(from + i);
    if (drops) g = f32x4.mul(g, v128.load(layer.mask + i));
    const u = v128.load(layer.inner + i);
    if (kind == relu) g = v128.and(g, f32x4.gt(u, f32x4.splat(0)));
    else if (kind == tanh) g = f32x4.mul(g, f32x4.sub(f32x4.splat(1), f32x4.mul(u, u)));
    else if (kind == gelu) g = f32x4.mul(g, u);
    v128.store(to + i, g);
  }
  if (layer.norm == normLayer) layerNormBack(layer, to, rows, fresh);
  else if (layer.norm == normBatch) batchNormBack(layer, to, net.ws, rows);
}

/** The transposes that the way back needs, of the weights as they are now. */
export function turn(net: Net): void {
  for (let l: i32 = 0; l < net.layers; l++) {
    const layer = layerAt(net, l);
    if (layer.transposed && layer.outputs != 1) transposed(layer.weights, layer.transposed, layer.inputs, layer.outputs);
  }
}

/**
 * The gradient of the last layer's numbers lies in the first buffer of `delta`. Gradients are added up over the chunks of a batch.
 * @returns where the gradient of the input lies, if there are embeddings that want it
 */
export function backward(net: Net, rows: i32, fresh: bool): usize {
  // One buffer for what came, one for what is made of it, one for what goes on.
  let coming = net.delta, spare = net.delta + net.deltaBytes, next = net.delta + 2 * net.deltaBytes;
  for (let l: i32 = net.layers - 1; l >= 0; l--) {
    const layer = layerAt(net, l);
    const given = givenTo(net, l);
    let d = coming;
    if (l + 1 < net.layers && !layer.simple) {
      if (layer.residual) d = spare;
      settle(net, layer, coming, d, rows, fresh);
    }
    const below = l > 0 ? layerAt(net, l - 1) : null;
    const simple = below != null && below.simple != 0;
    const kept: f32 = net.dropBelow != 0 ? net.kept : 1;
    const goesOn = l > 0 || net.embeddings > 0;
    if (layer.outputs == 1) {
      singleGradient(given, d, layer.weightGradient, rows, layer.inputs, fresh);
      singleSum(d, layer.biasGradient, rows, fresh);
      if (goesOn) singleBack(d, layer.weights, next, rows, layer.inputs, simple ? given : 0, kept);
    } else {
      gradient(given, d, layer.weightGradient, rows, layer.inputs, layer.outputs, fresh);
      // A batch norm takes the bias away again: its gradient is 0 but for rounding, which Adam would make much of.
      if (layer.norm != normBatch) columnSums(d, layer.biasGradient, rows, layer.outputs, fresh);
      if (goesOn) {
        const gate = simple ? epilogueGate : epilogueNone;
        product(d, layer.transposed, next, rows, layer.outputs, layer.inputs, layer.residual ? coming : 0, <usize>layer.inputs << 2, gate, given, kept);
      }
    }
    const free = coming;
    coming = next;
    next = free;
  }
  return coming;
}
