import { describe, expect, it } from 'vitest';
import { plainNet } from '../../../../../workers/training/dense/plainNet';
import type { DenseValues } from '../../../../../workers/training/dense/values';
import { gradientBy, kinds, listed, losses, named, rowsLike, rulesLike, shapeLike, valuesLike, type Kind } from './networks';

const rows = 9;
const doubles = (length: number): Float64Array => new Float64Array(length);

/** The largest difference between the twin's gradient and central differences, in float64. */
function worstOf(kind: Kind): { readonly at: string; readonly off: number; readonly largest: number } {
  const shape = shapeLike(kind, [4, 4], 5);
  // Two chunks a batch, except under a batch norm.
  const rules = rulesLike(kind.loss, { batch: rows, chunk: kind.norm === 'batch' ? rows : 5 });
  const data = rowsLike(shape, kind.loss, rows, 3);
  const values = valuesLike(shape, 4);
  const lossAt = (moved: DenseValues): number => gradientBy(plainNet(shape, rules, moved, data, doubles), rows).loss;
  const { gradient } = gradientBy(plainNet(shape, rules, values, data, doubles), rows);
  let worst = { at: '', off: -1, largest: 0 };
  // Running statistics are no parameters: the loss of training does not depend on them.
  for (const [name, analytic] of gradient.filter(([one]) => !/^(mean|variance)/.test(one))) {
    analytic.forEach((slope, k) => {
      const step = 1e-5;
      const at = (by: number): number => {
        const moved = structuredClone(values);
        const doubled: DenseValues = {
          layers: moved.layers.map((layer) => Object.fromEntries(Object.entries(layer).map(([one, numbers]) => [one, Float64Array.from(numbers as Float32Array)])) as unknown as (typeof moved.layers)[number]),
          tables: moved.tables.map((table) => Float64Array.from(table)),
        };
        (listed(doubled).find(([one]) => one === name)![1] as Float64Array)[k]! += by;
        return lossAt(doubled);
      };
      const off = Math.abs((at(step) - at(-step)) / (2 * step) - slope);
      worst = { at: off > worst.off ? `${name} [${k}]` : worst.at, off: Math.max(off, worst.off), largest: Math.max(worst.largest, Math.abs(slope)) };
    });
  }
  return worst;
}

describe('the gradient of the twin in float64', () => {
  for (const loss of losses) {
    it(`agrees with finite differences for every activation, norm, short cut and embedding: ${loss}`, () => {
      for (const kind of kinds.filter((one) => one.loss === loss)) {
        const { at, off, largest } = worstOf(kind);
        expect(off, `${named(kind)}: ${at}`).toBeLessThan(2e-7);
        expect(largest, named(kind)).toBeGreaterThan(1e-2);
      }
    });
  }
});
