import { describe, expect, it } from 'vitest';
import { seeded, type Random } from '../../../../../src/domain/random';
import { gainOf, MainUpdate, type MainTerm, type UpdateRule } from '../../../../../workers/training/additive/mainUpdate';
import { Corner, interactionGain, pairUpdate } from '../../../../../workers/training/additive/pairUpdate';

const rule: UpdateRule = { outputs: 1, rate: 0.1, maxLeaves: 2, minLeaf: 3, mostStep: 5 };
const term = (cells: number, more: Partial<MainTerm> = {}): MainTerm => ({ cells, isNominal: false, monotone: 0, ...more });

/** Cells of whole weights, some empty; every row has curvature 1. */
function cellsOf(cells: number, random: Random, outputs = 1): { histogram: Float64Array; weight: Float64Array } {
  const weight = Float64Array.from({ length: cells }, () => random.below(6));
  const histogram = new Float64Array(cells * outputs * 2);
  for (let cell = 0; cell < cells; cell++) {
    for (let k = 0; k < outputs; k++) {
      histogram[(cell * outputs + k) * 2] = weight[cell]! * random.normal();
      histogram[(cell * outputs + k) * 2 + 1] = weight[cell]!;
    }
  }
  return { histogram, weight };
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

describe('an update of one feature', () => {
  it('is the split that lessens the loss most, among all that leave enough rows on both sides', () => {
    const random = seeded(3);
    for (let trial = 0; trial < 200; trial++) {
      const cells = 2 + random.below(20);
      const { histogram, weight } = cellsOf(cells, random);
      const part = (from: number, to: number, i: number): number => sum(Array.from({ length: to - from }, (_, n) => histogram[2 * (from + n) + i]!));
      let best = 0;
      let expected = new Float32Array(cells);
      const whole = gainOf(part(1, cells, 0), part(1, cells, 1));
      for (let at = 2; at < cells; at++) {
        if (sum(weight.slice(1, at)) < 3 || sum(weight.slice(at)) < 3) continue;
        const gain = gainOf(part(1, at, 0), part(1, at, 1)) + gainOf(part(at, cells, 0), part(at, cells, 1)) - whole;
        if (!(gain > best + 1e-9)) continue;
        best = gain;
        expected = Float32Array.from({ length: cells }, (_, cell) => {
          const [from, to] = cell < at ? [1, at] : [at, cells];
          return cell === 0 ? 0 : (-0.1 * part(from, to, 0)) / part(from, to, 1);
        });
      }
      if (weight[0]! >= 3) expected[0] = (-0.1 * histogram[0]!) / histogram[1]!;
      const update = new Float32Array(cells);
      new MainUpdate(rule).grow(term(cells), histogram, weight, update);
      update.forEach((value, cell) => expect(value).toBeCloseTo(expected[cell]!, 6));
    }
  });

  it('has as many leaves as are allowed, and none with too few rows', () => {
    const random = seeded(4);
    for (const maxLeaves of [2, 3, 7]) {
      const { histogram, weight } = cellsOf(200, random);
      const update = new Float32Array(200);
      expect(new MainUpdate({ ...rule, maxLeaves, minLeaf: 20 }).grow(term(200), histogram, weight, update)).toBeGreaterThan(0);
      const leaves = [...update].slice(1).reduce<{ value: number; rows: number }[]>((list, value, i) => {
        if (list.at(-1)?.value === value) list.at(-1)!.rows += weight[i + 1]!;
        else list.push({ value, rows: weight[i + 1]! });
        return list;
      }, []);
      expect(leaves.length).toBe(maxLeaves);
      for (const { rows } of leaves) expect(rows).toBeGreaterThanOrEqual(20);
    }
  });

  it('never falls where it may only rise, nor rises where it may only fall', () => {
    const random = seeded(5);
    let moved = 0;
    for (let trial = 0; trial < 300; trial++) {
      const monotone = trial % 2 === 0 ? 1 : -1;
      const { histogram, weight } = cellsOf(30, random);
      const update = new Float32Array(30);
      if (new MainUpdate({ ...rule, maxLeaves: 5 }).grow(term(30, { monotone }), histogram, weight, update) > 0) moved++;
      for (let cell = 2; cell < 30; cell++) expect(monotone * (update[cell]! - update[cell - 1]!)).toBeGreaterThanOrEqual(0);
    }
    expect(moved).toBeGreaterThan(200);
  });

  it('puts categories together by their gradients, not by their codes, and leaves those without rows alone', () => {
    const weight = Float64Array.of(0, 9, 9, 9, 9, 0);
    const histogram = Float64Array.of(0, 0, 9, 9, -9, 9, 9, 9, -9, 9, 0, 0);
    const update = new Float32Array(6);
    expect(new MainUpdate(rule).grow(term(6, { isNominal: true }), histogram, weight, update)).toBeGreaterThan(0);
    expect([...update].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, -0.1, 0.1, -0.1, 0.1, 0]);
  });

  it('does nothing where there is nothing to gain, and cuts the steps of certain rows', () => {
    const update = new Float32Array(4);
    const grow = (histogram: number[], weight: number[]): number => new MainUpdate(rule).grow(term(4), Float64Array.from(histogram), Float64Array.from(weight), update);
    expect(grow([0, 0, 3, 3, 3, 3, 3, 3], [0, 3, 3, 3])).toBe(0);
    expect(grow([0, 0, 3, 3, -3, 3, 3, 3], [0, 1, 1, 1])).toBe(0);
    expect(grow([0, 0, 1e-5, 1e-5, -1e-5, 1e-5, 0, 0], [0, 9, 9, 9])).toBe(0);
    expect([...update]).toEqual([0, 0, 0, 0]);
    grow([0, 0, 9, 0.01, -9, 9, 0, 0], [0, 9, 9, 9]);
    expect(update[1]).toBeCloseTo(-0.5, 6);
  });

  it('shares its leaves among the classes, each with its own step', () => {
    const { histogram, weight } = cellsOf(12, seeded(6), 3);
    const update = new Float32Array(36);
    new MainUpdate({ ...rule, outputs: 3, minLeaf: 1 }).grow(term(12), histogram, weight, update);
    const cuts = [0, 1, 2].map((k) => Array.from({ length: 11 }, (_, i) => i + 1).filter((cell) => cell > 1 && update[cell * 3 + k] !== update[(cell - 1) * 3 + k]));
    expect(cuts[0]!.length).toBe(1);
    expect([cuts[1], cuts[2]]).toEqual([cuts[0], cuts[0]]);
    expect(new Set(update.slice(33)).size).toBe(3);
  });
});

const cornerOf = (values: Float64Array, first: number, second: number, width: number): Float64Array => {
  const sums = new Float64Array(values.length);
  Corner.fill(sums, values, first, second, width);
  return sums;
};

describe('an update of a pair', () => {
  it('is the cut, and the two cuts across it, that lessen the loss most', () => {
    const random = seeded(7);
    for (let trial = 0; trial < 60; trial++) {
      const [first, second] = [1 + random.below(6), 1 + random.below(6)];
      const { histogram, weight } = cellsOf(first * second, random);
      const box = (a0: number, a1: number, b0: number, b1: number): { g: number; h: number; w: number } => {
        const total = { g: 0, h: 0, w: 0 };
        for (let a = a0; a < a1; a++) {
          for (let b = b0; b < b1; b++) {
            total.g += histogram[2 * (a * second + b)]!;
            total.h += histogram[2 * (a * second + b) + 1]!;
            total.w += weight[a * second + b]!;
          }
        }
        return total;
      };
      /** The best of a side: whole, or cut once. */
      const side = (lower: number, upper: number, other: number, isRow: boolean): number => {
        let best = -1;
        for (let cut = 1; cut <= other; cut++) {
          const parts = [isRow ? box(lower, upper, 0, cut) : box(0, cut, lower, upper), isRow ? box(lower, upper, cut, other) : box(cut, other, lower, upper)];
          if (parts[0]!.w < 3 || (cut < other && parts[1]!.w < 3)) continue;
          best = Math.max(best, sum(parts.map(({ g, h }) => gainOf(g, h))));
        }
        return best;
      };
      let best = 0;
      const all = box(0, first, 0, second);
      for (const isRow of [true, false]) {
        const [own, other] = isRow ? [first, second] : [second, first];
        for (let cut = 1; cut < own; cut++) {
          const sides = [side(0, cut, other, isRow), side(cut, own, other, isRow)];
          if (sides[0]! > 0 && sides[1]! > 0) best = Math.max(best, sides[0]! + sides[1]! - gainOf(all.g, all.h));
        }
      }
      const corner = new Corner(first, second, 1);
      corner.sums.set(cornerOf(histogram, first, second, 2));
      const update = new Float32Array(first * second);
      const gain = pairUpdate(rule, corner, cornerOf(weight, first, second, 1), update);
      expect(gain).toBeCloseTo(best, 6);
      // A Newton step of the rate r lessens the loss by r − r²/2 of the gain, before which the parent's own step counts.
      const lessened = sum(Array.from(update, (step, cell) => -(histogram[2 * cell]! * step) / 0.1 - histogram[2 * cell + 1]! * (step / 0.1) ** 2 / 2)) * 2;
      if (gain > 0) expect(lessened).toBeCloseTo(gain + gainOf(all.g, all.h), 4);
    }
  });

  it('promises much where features act together, and nothing where they only add up', () => {
    const both = (f: (a: number, b: number) => number): number => {
      const histogram = new Float64Array(6 * 6 * 2);
      for (let a = 0; a < 6; a++) for (let b = 0; b < 6; b++) histogram.set([10 * f(a, b), 10], 2 * (a * 6 + b));
      const corner = new Corner(6, 6, 1);
      corner.sums.set(cornerOf(histogram, 6, 6, 2));
      return interactionGain(corner, 5);
    };
    // 360 rows whose mean is ±1 by quadrant: the whole of their squares.
    expect(both((a, b) => (a < 3 === b < 3 ? 1 : -1))).toBeCloseTo(360, 6);
    expect(both((a, b) => a + 3 * b)).toBeCloseTo(0, 6);
    expect(both(() => 0)).toBe(0);
  });
});
