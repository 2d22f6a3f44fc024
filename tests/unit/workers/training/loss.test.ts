import { describe, expect, it } from 'vitest';
import { classShares, lossOf, scaleOf, totalWeight } from '../../../../workers/training/loss';

describe('the losses', () => {
  it('are log-loss from logits, without overflow', () => {
    const two = lossOf({ kind: 'classification', classes: 2 });
    expect(two.outputs).toBe(1);
    expect(two.of([0.3], 0, 1)).toBeCloseTo(-Math.log(1 / (1 + Math.exp(-0.3))), 14);
    expect(two.of([0.3], 0, 0)).toBeCloseTo(-Math.log(1 / (1 + Math.exp(0.3))), 14);
    expect(two.of([800], 0, 0)).toBe(800);
    expect(two.of([-800], 0, 0)).toBe(0);
    const three = lossOf({ kind: 'classification', classes: 3 });
    expect(three.outputs).toBe(3);
    expect(three.of([9, 1, 2, 3], 1, 0)).toBeCloseTo(-Math.log(Math.exp(1) / (Math.exp(1) + Math.exp(2) + Math.exp(3))), 13);
    expect(three.of([1000, 0, 0], 0, 1)).toBe(1000);
  });

  it('are half the squared error for values', () => {
    expect(lossOf({ kind: 'regression', classes: 0 }).of([3], 0, 1)).toBe(2);
  });

  it('are not finite where the logits are not', () => {
    for (const classes of [2, 3]) expect(lossOf({ kind: 'classification', classes }).of([NaN, NaN, NaN], 0, 1)).toBeNaN();
  });
});

describe('what a target is like', () => {
  const examples = { rows: 3, features: 0, x: new Float32Array(0), y: Float64Array.of(1, 2, 4) };

  it('scales by weighted mean and deviation; a constant keeps a deviation of 1', () => {
    expect(scaleOf({ ...examples, weights: Float64Array.of(1, 0, 1) })).toEqual({ mean: 2.5, deviation: 1.5 });
    expect(scaleOf({ ...examples, y: Float64Array.of(5, 5, 5) })).toEqual({ mean: 5, deviation: 1 });
  });

  it('counts shares by weight', () => {
    const classes = { ...examples, y: Float64Array.of(0, 2, 2), weights: Float64Array.of(2, 1, 1) };
    expect(Array.from(classShares(classes, 3))).toEqual([0.5, 0, 0.5]);
    expect([totalWeight(classes), totalWeight(examples)]).toEqual([4, 3]);
  });
});
