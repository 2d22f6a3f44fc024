import { describe, expect, it } from 'vitest';
import { formOf } from '../../../../../src/domain/modelling/forms/registry';
import type { NaiveBayesModel } from '../../../../../src/domain/modelling/forms/naiveBayes';
import { reachOf, type NeighboursModel } from '../../../../../src/domain/modelling/forms/neighbours';
import type { LearntModel } from '../../../../../src/domain/modelling/forms/learntModel';

const neighbours: NeighboursModel = {
  form: 'neighbours',
  k: 2,
  reach: 2,
  weights: 'distance',
  features: 2,
  rows: Float32Array.of(0, 0, 1, 0, 5, 5),
  answers: Float64Array.of(0, 1, 1),
  facts: { rows: 3 },
};
const weighted: NeighboursModel = { ...neighbours, reach: 3, rowWeights: Float64Array.of(1, 0.5, 2) };
const bayes: NaiveBayesModel = {
  form: 'naiveBayes',
  features: 2,
  numbers: [1],
  categories: [{ feature: 0, categories: 3 }],
  logPriors: Float64Array.of(Math.log(0.25), Math.log(0.75)),
  means: Float64Array.of(0, 1),
  variances: Float64Array.of(1, 4),
  logShares: [Float64Array.of(0.5, 0.1, 0.25, 0.1, 0.25, 0.8).map(Math.log)],
  facts: {},
};

const cases: readonly [string, LearntModel, Float32Array, number][] = [
  ['neighbours', neighbours, Float32Array.of(0, 0, 0.5, 0.25), 9],
  ['neighbours with weights', weighted, Float32Array.of(0, 0, 0.5, 0.25), 12],
  ['naive Bayes', bayes, Float32Array.of(1, 0.5, NaN, 2), 12],
];

describe('the forms of the plain learners', () => {
  for (const [name, model, x, parameters] of cases) {
    it(`${name}: two halves make the same model again, which answers the same`, () => {
      const form = formOf(model);
      const { structure, arrays } = form.taken(model);
      const again = form.made(JSON.parse(JSON.stringify(structure)), arrays.map((array) => array.slice()), model.facts);
      expect(again).toEqual(model);
      expect(Array.from(form.forward(again, 2, x, 2))).toEqual(Array.from(form.forward(model, 2, x, 2)));
      expect(form.parameters(structure)).toBe(parameters);
    });

    it(`${name}: the tensors have the sizes that their shapes say, and hold all that is stored`, () => {
      const form = formOf(model);
      const tensors = form.tensors(model);
      for (const { shape, data } of tensors) expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
      expect(tensors.reduce((sum, { data }) => sum + data.length, 0)).toBe(form.taken(model).arrays.reduce((sum, array) => sum + array.length, 0));
      expect(new Set(tensors.map((tensor) => tensor.name)).size).toBe(tensors.length);
    });

    it(`${name}: arrays that do not fit are refused, and so are rows of another width`, () => {
      const form = formOf(model);
      const { structure, arrays } = form.taken(model);
      expect(() => form.made(structure, arrays.slice(1), {})).toThrow(RangeError);
      expect(() => form.made(structure, [...arrays, new Float64Array(1)], {})).toThrow(RangeError);
      arrays.forEach((_, at) => expect(() => form.made(structure, arrays.map((other, i) => (i === at ? other.slice(1) : other)), {})).toThrow(RangeError));
      expect(() => form.forward(model, 2, x.slice(1), 2)).toThrow(RangeError);
    });
  }

  it('neighbours answer by hand: 1 / distance, and equal rows alone', () => {
    const [a, b, c, d] = formOf(neighbours).forward(neighbours, 2, Float32Array.of(0, 0, 0.75, 0), 2);
    expect([a, b]).toEqual([1, 0]);
    // At 0.75 and 0.25: 4/3 against 4.
    expect(c).toBeCloseTo(0.25, 12);
    expect(d).toBeCloseTo(0.75, 12);
  });

  it('naive Bayes answers by hand: prior × share × density', () => {
    const density = (x: number, mean: number, variance: number): number => Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    const zero = 0.25 * 0.25 * density(0.5, 0, 1);
    const one = 0.75 * 0.1 * density(0.5, 1, 4);
    expect(formOf(bayes).forward(bayes, 2, Float32Array.of(1, 0.5), 1)[0]).toBeCloseTo(zero / (zero + one), 12);
  });

  it('the reach of k neighbours is k where all weigh 1, as many of the lightest as weigh k, and never more than there are', () => {
    expect([reachOf(5, 100, undefined), reachOf(5, 3, undefined)]).toEqual([5, 3]);
    expect(reachOf(2, 5, Float64Array.of(3, 1, 0.5, 2, 1))).toBe(4);
    expect(reachOf(1000, 3, Float64Array.of(1, 1, 1))).toBe(3);
  });
});
