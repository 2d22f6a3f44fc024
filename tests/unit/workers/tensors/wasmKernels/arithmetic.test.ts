import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../src/domain/random';
import type { Arithmetic, Geometry, Heap } from '../../../../../workers/tensors/wasmKernels/arithmetic';
import { nativeArithmetic } from '../../../../../workers/tensors/wasmKernels/nativeArithmetic';
import { plainArithmetic } from '../../../../../workers/tensors/wasmKernels/plainArithmetic';

/** A heap that only grows, for one test. */
function heap(): Heap {
  const memory = new WebAssembly.Memory({ initial: 2 });
  let top = 64;
  return {
    memory,
    take(bytes) {
      const at = top;
      top = (top + bytes + 63) & ~63;
      const missing = Math.ceil((top - memory.buffer.byteLength) / 65_536);
      if (missing > 0) memory.grow(missing);
      return at;
    },
    free: () => undefined,
  };
}

/** Runs one operation with SIMD and in plain TypeScript over the same inputs, and answers what each wrote; the outputs start dirty. */
async function both(inputs: readonly (Float32Array | Int32Array)[], size: number, operation: (arithmetic: Arithmetic, addresses: number[], out: number) => void): Promise<[Float32Array, Float32Array]> {
  const found: Float32Array[] = [];
  for (const make of [nativeArithmetic, plainArithmetic]) {
    const place = heap();
    const arithmetic = await make(place);
    const addresses = inputs.map((input) => {
      const at = place.take(input.byteLength);
      new Uint8Array(place.memory.buffer, at, input.byteLength).set(new Uint8Array(input.buffer));
      return at;
    });
    const out = place.take(4 * size + 16);
    new Float32Array(place.memory.buffer, out, size + 4).fill(9);
    operation(arithmetic, addresses, out);
    const written = new Float32Array(place.memory.buffer, out, size + 4).slice();
    // Nothing is written beyond the end.
    expect(Array.from(written.subarray(size))).toEqual([9, 9, 9, 9]);
    found.push(written.subarray(0, size));
  }
  return found as [Float32Array, Float32Array];
}

const numbers = (count: number, seed: number): Float32Array => {
  const random = seeded(seed);
  return Float32Array.from({ length: count }, () => random.normal());
};

/** Largest difference, relative to the largest number. */
const apart = ([a, b]: readonly [Float32Array, Float32Array]): number => {
  const scale = b.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!) / scale), 0);
};

const geometry = (depthwise: boolean): fc.Arbitrary<Geometry> =>
  fc
    .record({
      batch: fc.integer({ min: 1, max: 3 }),
      inHeight: fc.integer({ min: 3, max: 9 }),
      inWidth: fc.integer({ min: 3, max: 9 }),
      inChannels: fc.integer({ min: 1, max: 9 }),
      outChannels: fc.integer({ min: 1, max: depthwise ? 3 : 19 }),
      filterHeight: fc.integer({ min: 1, max: 3 }),
      filterWidth: fc.integer({ min: 1, max: 3 }),
      strideHeight: fc.integer({ min: 1, max: 3 }),
      strideWidth: fc.integer({ min: 1, max: 3 }),
      dilationHeight: fc.integer({ min: 1, max: 2 }),
      dilationWidth: fc.integer({ min: 1, max: 2 }),
      top: fc.integer({ min: 0, max: 2 }),
      left: fc.integer({ min: 0, max: 2 }),
      bottom: fc.integer({ min: 0, max: 2 }),
      right: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ bottom, right, ...g }) => ({
      ...g,
      outChannels: depthwise ? g.outChannels * g.inChannels : g.outChannels,
      outHeight: Math.floor((g.inHeight + g.top + bottom - (g.filterHeight - 1) * g.dilationHeight - 1) / g.strideHeight) + 1,
      outWidth: Math.floor((g.inWidth + g.left + right - (g.filterWidth - 1) * g.dilationWidth - 1) / g.strideWidth) + 1,
    }))
    .filter((g) => g.outHeight > 0 && g.outWidth > 0);

const inputs = (g: Geometry): number => g.batch * g.inHeight * g.inWidth * g.inChannels;
const outputs = (g: Geometry): number => g.batch * g.outHeight * g.outWidth * g.outChannels;
const taps = (g: Geometry): number => g.filterHeight * g.filterWidth;
const runs = { numRuns: 60 };

describe('the arithmetic of the wasm kernels gives with SIMD what it gives in plain TypeScript', () => {
  it('for the filter gradient of any convolution', async () => {
    await fc.assert(
      fc.asyncProperty(geometry(false), async (g) => {
        expect(apart(await both([numbers(inputs(g), 1), numbers(outputs(g), 2)], taps(g) * g.inChannels * g.outChannels, (a, [x, dy], out) => a.filterGradient(x!, dy!, out, g)))).toBeLessThan(1e-5);
      }),
      runs,
    );
  });

  it('for the input gradient of any convolution', async () => {
    await fc.assert(
      fc.asyncProperty(geometry(false), async (g) => {
        expect(apart(await both([numbers(outputs(g), 1), numbers(taps(g) * g.inChannels * g.outChannels, 2)], inputs(g), (a, [dy, filter], out) => a.inputGradient(dy!, filter!, out, g)))).toBeLessThan(1e-5);
      }),
      runs,
    );
  });

  it('for a convolution whose patches are laid out in several parts', async () => {
    const g = { batch: 2, inHeight: 40, inWidth: 40, inChannels: 16, outHeight: 40, outWidth: 40, outChannels: 5, filterHeight: 3, filterWidth: 3, strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1, top: 1, left: 1 };
    expect(apart(await both([numbers(inputs(g), 1), numbers(outputs(g), 2)], 9 * 16 * 5, (a, [x, dy], out) => a.filterGradient(x!, dy!, out, g)))).toBeLessThan(1e-5);
    expect(apart(await both([numbers(outputs(g), 1), numbers(9 * 16 * 5, 2)], inputs(g), (a, [dy, filter], out) => a.inputGradient(dy!, filter!, out, g)))).toBeLessThan(1e-5);
  });

  it('for the gradients of any depthwise convolution', async () => {
    await fc.assert(
      fc.asyncProperty(geometry(true), async (g) => {
        const filter = taps(g) * g.outChannels;
        expect(apart(await both([numbers(inputs(g), 1), numbers(outputs(g), 2)], filter, (a, [x, dy], out) => a.depthwiseFilterGradient(x!, dy!, out, g)))).toBeLessThan(1e-5);
        expect(apart(await both([numbers(outputs(g), 1), numbers(filter, 2)], inputs(g), (a, [dy, weights], out) => a.depthwiseInputGradient(dy!, weights!, out, g)))).toBeLessThan(1e-5);
      }),
      runs,
    );
  });

  it('for the gradient of max pooling, ties, negative numbers and NaN included', async () => {
    await fc.assert(
      fc.asyncProperty(geometry(false), fc.boolean(), async (sizes, ties) => {
        const g = { ...sizes, outChannels: sizes.inChannels, dilationHeight: 1, dilationWidth: 1, outHeight: 0, outWidth: 0 };
        g.outHeight = Math.floor((g.inHeight + g.top - g.filterHeight) / g.strideHeight) + 1;
        g.outWidth = Math.floor((g.inWidth + g.left - g.filterWidth) / g.strideWidth) + 1;
        const x = numbers(inputs(g), 1).map((value, i) => (i % 41 === 40 ? NaN : ties ? -Math.round(Math.abs(value)) : value - 5));
        expect(apart(await both([x, numbers(outputs(g), 2)], inputs(g), (a, [from, dy], out) => a.maxPoolGradient(from!, dy!, out, g)))).toBeLessThan(1e-6);
      }),
      runs,
    );
  });

  it('for sums by segment, ids outside left out', async () => {
    for (const inner of [1, 3, 4, 7, 64]) {
      const found = await both([numbers(20 * inner, 3), Int32Array.from({ length: 20 }, (_, i) => (i * 7) % 6 - 1)], 4 * inner, (a, [x, ids], out) => a.segmentSum(x!, ids!, out, 20, inner, 4));
      expect(apart(found)).toBeLessThan(1e-6);
      expect(found[0].some((value) => value !== 0)).toBe(true);
    }
  });

  it('for products of matrices, turned or not, of any sizes', async () => {
    const size = fc.integer({ min: 1, max: 37 });
    await fc.assert(
      fc.asyncProperty(size, size, size, fc.boolean(), fc.boolean(), async (rows, shared, columns, turnA, turnB) => {
        const found = await both([numbers(rows * shared, 1), numbers(shared * columns, 2)], rows * columns, (arithmetic, [a, b], out) =>
          arithmetic.product(
            turnA ? { at: a!, row: 1, column: rows } : { at: a!, row: shared, column: 1 },
            turnB ? { at: b!, row: 1, column: shared } : { at: b!, row: columns, column: 1 },
            out,
            rows,
            shared,
            columns,
          ),
        );
        expect(apart(found)).toBeLessThan(1e-5);
      }),
      runs,
    );
  });

  it('for the gradient of ReLU and a step of Adam', async () => {
    const count = 23;
    const [p, g, m, keep] = [1, 2, 3, 4].map((seed) => numbers(count, seed));
    const v = numbers(count, 5).map(Math.abs);
    expect(apart(await both([g!, p!], count, (a, [dy, y], out) => a.reluGradient(dy!, y!, out, count)))).toBe(0);
    for (const decays of [true, false]) {
      const found = await both([p!, g!, m!, v, keep!], 3 * count, (a, [pAt, gAt, mAt, vAt, keepAt], out) =>
        a.adam({ p: pAt!, g: gAt!, m: mAt!, v: vAt!, keep: decays ? keepAt! : 0 }, { p: out, m: out + 4 * count, v: out + 8 * count }, count, { rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }),
      );
      expect(apart(found)).toBeLessThan(1e-6);
    }
  });
});
