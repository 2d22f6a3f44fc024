import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forward } from '../../../../src/domain/modelling/forward';
import type { LayersModel } from '../../../../src/domain/modelling/forms/layers';
import { writeAnswer } from '../../../../src/domain/modelling/writeAnswer';

const layer = (inputs: number, outputs: number, weights: number[], bias: number[], activation: 'linear' | 'relu' | 'tanh' = 'linear') => ({
  inputs,
  outputs,
  weights: Float32Array.from(weights),
  bias: Float32Array.from(bias),
  activation,
});

describe('the forward pass', () => {
  it('goes through the layers as y = x·W + b and its activation', () => {
    const model: LayersModel = { form: 'layers', layers: [layer(2, 3, [1, 0, -1, 0, 2, 1], [0, 1, 0], 'relu'), layer(3, 1, [1, 0.5, 2], [-1])], output: 'identity', facts: {} };
    // Row (1, 2): hidden (1, 5, 1), answer 1 + 2.5 + 2 − 1. Row (−1, 0): hidden (0, 1, 1), answer 0.5 + 2 − 1.
    expect(Array.from(forward(model, 0, Float32Array.of(1, 2, -1, 0), 2))).toEqual([4.5, 1.5]);
  });

  it('answers both columns from one logit, precisely in both tails', () => {
    const model: LayersModel = { form: 'layers', layers: [layer(1, 1, [1], [0])], output: 'sigmoid', facts: {} };
    const answer = forward(model, 2, Float32Array.of(0, 40, -700), 3);
    expect(answer[0]).toBe(0.5);
    expect(answer[2]! / Math.exp(-40)).toBeCloseTo(1, 12);
    expect(answer[5]! / Math.exp(-700)).toBeCloseTo(1, 12);
    expect(answer[4]).toBe(1);
  });

  it('knows tanh and constants', () => {
    expect(forward({ form: 'layers', layers: [layer(1, 1, [1], [0], 'tanh')], output: 'identity', facts: {} }, 0, Float32Array.of(0.5), 1)[0]).toBeCloseTo(Math.tanh(0.5), 14);
    const constant: LayersModel = { form: 'layers', layers: [layer(0, 3, [], [0.25, 0.5, 0.25])], output: 'constant', facts: {} };
    expect(Array.from(forward(constant, 3, new Float32Array(8), 2))).toEqual([0.25, 0.5, 0.25, 0.25, 0.5, 0.25]);
  });

  it('passes NaN on instead of hiding it behind ReLU', () => {
    const model: LayersModel = { form: 'layers', layers: [layer(1, 1, [1], [0], 'relu'), layer(1, 1, [1], [0])], output: 'identity', facts: {} };
    expect(forward(model, 0, Float32Array.of(NaN), 1)[0]).toBeNaN();
  });

  it('refuses rows of another width, and a model without layers', () => {
    const model: LayersModel = { form: 'layers', layers: [layer(2, 1, [1, 1], [0])], output: 'identity', facts: {} };
    expect(() => forward(model, 0, new Float32Array(3), 1)).toThrow(RangeError);
    expect(() => forward({ form: 'layers', layers: [], output: 'identity', facts: {} }, 0, new Float32Array(3), 1)).toThrow(RangeError);
  });

  it('gives softmax answers that add up to 1, keep the order of the logits and ignore a common shift', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -300, max: 300, noNaN: true }), { minLength: 2, maxLength: 8 }),
        fc.integer({ min: -50, max: 50 }),
        (logits, shift) => {
          const [plain, shifted] = [logits, logits.map((z) => z + shift)].map((values) => {
            const answer = new Float64Array(values.length);
            writeAnswer('softmax', values, answer, 0, values.length);
            return answer;
          });
          expect(Math.abs(plain!.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-14);
          for (let j = 1; j < logits.length; j++)
            expect(Math.sign(plain![j]! - plain![j - 1]!) * Math.sign(logits[j]! - logits[j - 1]!)).toBeGreaterThanOrEqual(0);
          plain!.forEach((p, j) => expect(Math.abs(p - shifted![j]!)).toBeLessThan(1e-12));
        },
      ),
    );
  });
});
