/** @file The convolutional net in plain TypeScript: the readable reference of `kernel:convNet`, and what trains where there is no SIMD. */

import { exp64, log64 } from '../../src/domain/exactMath';
import { adam, adamRate } from './adamRate';
import { layoutOf, taps, type ConvBlock, type ConvShape, type Images } from './convShape';
import type { ConvState, ConvTrainer } from './convTrainer';

/** A block's pooled output, and the place in the convolution that each number came from; −1 where ReLU gave 0. */
interface Pooled {
  readonly values: Float32Array;
  readonly winners: Int32Array;
}

/** Visits the pixels that the filter covers at (y, x): where the pixel's channels begin in the input, and which tap it is. */
function patch({ height, width, channels }: ConvBlock, y: number, x: number, visit: (pixel: number, tap: number) => void): void {
  for (let tap = 0; tap < taps; tap++) {
    const [iy, ix] = [y + Math.floor(tap / 3) - 1, x + (tap % 3) - 1];
    if (iy >= 0 && iy < height && ix >= 0 && ix < width) visit((iy * width + ix) * channels, tap);
  }
}

function forward(block: ConvBlock, parameters: Float32Array, input: Float32Array): Pooled {
  const { height, width, channels, filters, at } = block;
  const biases = at + taps * channels * filters;
  const size = (height >> 1) * (width >> 1) * filters;
  const [values, winners] = [new Float32Array(size), new Int32Array(size).fill(-1)];
  const sums = new Float64Array(filters);
  let to = 0;
  for (let py = 0; py < height >> 1; py++) {
    for (let px = 0; px < width >> 1; px++, to += filters) {
      for (let corner = 0; corner < 4; corner++) {
        const [y, x] = [2 * py + (corner >> 1), 2 * px + (corner & 1)];
        for (let f = 0; f < filters; f++) sums[f] = parameters[biases + f]!;
        patch(block, y, x, (pixel, tap) => {
          for (let c = 0; c < channels; c++) {
            const weights = at + (tap * channels + c) * filters;
            for (let f = 0; f < filters; f++) sums[f]! += input[pixel + c]! * parameters[weights + f]!;
          }
        });
        // Larger than what is there, and larger than 0, which is what ReLU makes of the rest. NaN stays.
        for (let f = 0; f < filters; f++) {
          if (sums[f]! <= values[to + f]!) continue;
          values[to + f] = sums[f]!;
          winners[to + f] = y * width + x;
        }
      }
    }
  }
  return { values, winners };
}

/** Adds to the gradients of the block. @returns the gradient of its input */
function backward(block: ConvBlock, parameters: Float32Array, input: Float32Array, winners: Int32Array, slopes: Float32Array, gradient: Float64Array): Float32Array {
  const { width, channels, filters, at } = block;
  const biases = at + taps * channels * filters;
  const back = new Float32Array(input.length);
  winners.forEach((winner, i) => {
    if (winner < 0) return;
    const f = i % filters;
    const slope = slopes[i]!;
    gradient[biases + f]! += slope;
    patch(block, Math.floor(winner / width), winner % width, (pixel, tap) => {
      for (let c = 0; c < channels; c++) {
        const weight = at + (tap * channels + c) * filters + f;
        gradient[weight]! += slope * input[pixel + c]!;
        back[pixel + c]! += slope * parameters[weight]!;
      }
    });
  });
  return back;
}

/** @throws RangeError where the parameters are not those of the shape */
export function plainConvNet(shape: ConvShape, learningRate: number, state: ConvState): ConvTrainer {
  const { blocks, features, denseAt, parameters: size } = layoutOf(shape);
  if (state.parameters.length !== size) throw new RangeError(`the net has ${size} parameters, not ${state.parameters.length}`);
  const { classes } = shape;
  const imageSize = shape.height * shape.width * shape.channels;
  const p = state.parameters.slice();
  const [m, v] = state.moments ? [state.moments[0].slice(), state.moments[1].slice()] : [new Float32Array(size), new Float32Array(size)];
  let steps = state.steps ?? 0;
  let resident: Images = { count: 0, pixels: new Float32Array(), labels: new Int32Array() };

  const answer = (image: Float32Array): { pools: Pooled[]; logits: Float64Array } => {
    const pools: Pooled[] = [];
    for (const block of blocks) pools.push(forward(block, p, pools.at(-1)?.values ?? image));
    const flat = pools.at(-1)?.values ?? image;
    const logits = Float64Array.from(p.subarray(denseAt + features * classes));
    flat.forEach((value, i) => {
      for (let k = 0; k < classes; k++) logits[k]! += value * p[denseAt + i * classes + k]!;
    });
    return { pools, logits };
  };

  /** Adds the gradient of an image, times `share`. @returns its log-loss */
  const learn = (image: Float32Array, label: number, share: number, gradient: Float64Array): number => {
    const { pools, logits } = answer(image);
    const most = logits.reduce((a, b) => Math.max(a, b));
    const sum = logits.reduce((total, z) => total + exp64(z - most), 0);
    const delta = logits.map((z, k) => (exp64(z - most) / sum - (k === label ? 1 : 0)) * share);
    const flat = pools.at(-1)?.values ?? image;
    let slopes = new Float32Array(features);
    for (let k = 0; k < classes; k++) {
      gradient[denseAt + features * classes + k]! += delta[k]!;
      for (let i = 0; i < features; i++) {
        gradient[denseAt + i * classes + k]! += flat[i]! * delta[k]!;
        slopes[i]! += p[denseAt + i * classes + k]! * delta[k]!;
      }
    }
    for (let l = blocks.length - 1; l >= 0; l--) slopes = backward(blocks[l]!, p, pools[l - 1]?.values ?? image, pools[l]!.winners, slopes, gradient) as Float32Array<ArrayBuffer>;
    return log64(sum) + most - logits[label]!;
  };

  return {
    get steps() {
      return steps;
    },
    load(images) {
      resident = images;
    },
    async step(rows, breathe) {
      const gradient = new Float64Array(size);
      let loss = 0;
      for (const row of rows) {
        loss += learn(resident.pixels.subarray(row * imageSize, (row + 1) * imageSize), resident.labels[row]!, 1 / rows.length, gradient);
        await breathe();
      }
      const rate = adamRate(learningRate, ++steps);
      for (let i = 0; i < size; i++) {
        m[i] = adam.beta1 * m[i]! + (1 - adam.beta1) * gradient[i]!;
        v[i] = adam.beta2 * v[i]! + (1 - adam.beta2) * gradient[i]! * gradient[i]!;
        p[i]! -= (rate * m[i]!) / (Math.sqrt(v[i]!) + adam.epsilon);
      }
      return loss;
    },
    logits(pixels, count) {
      const found = new Float32Array(count * classes);
      for (let i = 0; i < count; i++) found.set(answer(pixels.subarray(i * imageSize, (i + 1) * imageSize)).logits, i * classes);
      return found;
    },
    parameters: () => p.slice(),
    moments: () => [m.slice(), v.slice()],
  };
}
