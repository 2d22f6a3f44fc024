/** @file One layer of the twin: forward and back over rows that lie one after another. */

import type { Numbers } from '../savedState';
import type { LayerPlace } from './layout';
import { activate, slopeOf } from './plainCurves';
import { batchNorm, batchNormBack, batchNormLearnt, layerNorm, layerNormBack, type Norm } from './plainNorms';
import type { DenseLayer } from './shape';

/** Makes arrays of the precision in which the twin reckons: float32, or float64 to check gradients. */
export type MakeNumbers = (length: number) => Numbers;

export class PlainLayer {
  readonly weights: Numbers;
  readonly bias: Numbers;
  readonly #weightGradient: Numbers;
  readonly #biasGradient: Numbers;
  readonly #norm: Norm | undefined;
  /** rows × outputs: what the activation is given; what the layer gives; dropout's factors. */
  readonly #inner: Numbers;
  readonly output: Numbers;
  readonly mask: Numbers;

  constructor(
    readonly shape: DenseLayer,
    { weights, bias, scale, shift, running }: LayerPlace,
    parameters: Numbers,
    gradients: Numbers,
    rows: number,
    make: MakeNumbers,
  ) {
    const { inputs, outputs, norm } = shape;
    const of = (all: Numbers, at: number, length: number): Numbers => all.subarray(at, at + length);
    this.weights = of(parameters, weights, inputs * outputs);
    this.bias = of(parameters, bias, outputs);
    this.#weightGradient = of(gradients, weights, inputs * outputs);
    this.#biasGradient = of(gradients, bias, outputs);
    this.#inner = make(rows * outputs);
    this.output = make(rows * outputs);
    this.mask = make(rows * outputs);
    if (norm === 'none') return;
    this.#norm = {
      scale: of(parameters, scale, outputs),
      shift: of(parameters, shift, outputs),
      scaleGradient: of(gradients, scale, outputs),
      shiftGradient: of(gradients, shift, outputs),
      running: norm === 'batch' ? of(parameters, running, 2 * outputs) : make(0),
      normalised: make(rows * outputs),
      factor: make(norm === 'batch' ? outputs : rows),
    };
  }

  /** @param w weights of the rows, for a batch norm. @param drops the factors in `mask` count. @param training a batch norm takes the batch's statistics */
  forward(given: Numbers, rows: number, w: Numbers, training: boolean, drops: boolean): void {
    const { inputs, outputs, activation, norm, residual } = this.shape;
    const [u, out, weights] = [this.#inner, this.output, this.weights];
    for (let m = 0; m < rows; m++) {
      const at = m * outputs;
      for (let j = 0; j < outputs; j++) u[at + j] = this.bias[j]!;
      const from = m * inputs;
      let k = 0;
      // Four inputs at a time: a quarter of the writes.
      for (; k + 4 <= inputs; k += 4) {
        const [a, b, c, d] = [given[from + k]!, given[from + k + 1]!, given[from + k + 2]!, given[from + k + 3]!];
        let w = k * outputs;
        for (let j = at; j < at + outputs; j++, w++) u[j]! += a * weights[w]! + b * weights[w + outputs]! + c * weights[w + 2 * outputs]! + d * weights[w + 3 * outputs]!;
      }
      for (; k < inputs; k++) for (let j = 0; j < outputs; j++) u[at + j]! += given[from + k]! * weights[k * outputs + j]!;
    }
    if (norm === 'layer') layerNorm(this.#norm!, u, rows, outputs);
    else if (norm === 'batch' && training) batchNorm(this.#norm!, u, w, rows, outputs);
    else if (norm === 'batch') batchNormLearnt(this.#norm!, u, rows, outputs);
    const activated = activate[activation];
    for (let i = 0; i < rows * outputs; i++) {
      const h = activated(u[i]!);
      out[i] = (drops ? h * this.mask[i]! : h) + (residual ? given[i]! : 0);
    }
  }

  /** Adds up the gradients. @param d of the output; becomes that of x·W + b. @param back becomes that of what the layer was given */
  backward(given: Numbers, d: Numbers, rows: number, w: Numbers, drops: boolean, back: Numbers): void {
    const { inputs, outputs, activation, norm, residual } = this.shape;
    for (let i = 0; i < rows * inputs; i++) back[i] = residual ? d[i]! : 0;
    const slope = slopeOf[activation];
    for (let i = 0; i < rows * outputs; i++) d[i]! *= (drops ? this.mask[i]! : 1) * slope(this.#inner[i]!);
    if (norm === 'layer') layerNormBack(this.#norm!, d, rows, outputs);
    else if (norm === 'batch') batchNormBack(this.#norm!, d, w, rows, outputs);
    // A batch norm takes the bias away again: its gradient is 0 but for rounding, which Adam would make much of.
    for (let i = 0; norm !== 'batch' && i < rows * outputs; i++) this.#biasGradient[i % outputs]! += d[i]!;
    addProduct(given, d, this.#weightGradient, rows, inputs, outputs);
    addTransposed(d, this.weights, back, rows, inputs, outputs);
  }
}

/** back += d · weightsᵀ, four columns at a time. */
function addTransposed(d: Numbers, weights: Numbers, back: Numbers, rows: number, inputs: number, outputs: number): void {
  for (let m = 0; m < rows; m++) {
    const at = m * outputs;
    let k = 0;
    for (; k + 4 <= inputs; k += 4) {
      let [p, q, r, s] = [0, 0, 0, 0];
      let w = k * outputs;
      for (let j = at; j < at + outputs; j++, w++) {
        const slope = d[j]!;
        p += slope * weights[w]!;
        q += slope * weights[w + outputs]!;
        r += slope * weights[w + 2 * outputs]!;
        s += slope * weights[w + 3 * outputs]!;
      }
      const to = m * inputs + k;
      back[to]! += p;
      back[to + 1]! += q;
      back[to + 2]! += r;
      back[to + 3]! += s;
    }
    for (; k < inputs; k++) for (let j = 0; j < outputs; j++) back[m * inputs + k]! += d[at + j]! * weights[k * outputs + j]!;
  }
}

/** g += givenᵀ · d, four rows at a time. */
function addProduct(given: Numbers, d: Numbers, g: Numbers, rows: number, inputs: number, outputs: number): void {
  let m = 0;
  for (; m + 4 <= rows; m += 4) {
    for (let k = 0; k < inputs; k++) {
      const at = m * inputs + k;
      const [p, q, r, s] = [given[at]!, given[at + inputs]!, given[at + 2 * inputs]!, given[at + 3 * inputs]!];
      let from = m * outputs;
      for (let j = k * outputs; j < (k + 1) * outputs; j++, from++) g[j]! += p * d[from]! + q * d[from + outputs]! + r * d[from + 2 * outputs]! + s * d[from + 3 * outputs]!;
    }
  }
  for (; m < rows; m++) for (let k = 0; k < inputs; k++) for (let j = 0; j < outputs; j++) g[k * outputs + j]! += given[m * inputs + k]! * d[m * outputs + j]!;
}
