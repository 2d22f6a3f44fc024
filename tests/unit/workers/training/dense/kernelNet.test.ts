import { describe, expect, it } from 'vitest';
import { kernelNet } from '../../../../../workers/training/dense/kernelNet';
import { plainNet } from '../../../../../workers/training/dense/plainNet';
import { fromPanels, toPanels } from '../../../../../workers/training/dense/panels';
import type { DenseRules, DenseShape } from '../../../../../workers/training/dense/shape';
import { epochsOf, furthest, gradientBy, kinds, listed, losses, named, rowsLike, rulesLike, shapeLike, valuesLike, type Kind } from './networks';

const rows = 23;
/** Widths that fill panels of eight, end in one of four, and fill neither. */
const widths: readonly (readonly number[])[] = [[8, 8], [13, 13], [3, 20]];

describe('the kernel of dense networks beside its twin', () => {
  for (const loss of losses) {
    it(`gives the same loss and gradient for every activation, norm, short cut and embedding: ${loss}`, async () => {
      for (const kind of kinds.filter((one) => one.loss === loss)) {
        for (const hidden of widths) {
          const shape = shapeLike(kind, hidden, 6);
          const rules = rulesLike(loss, { batch: rows, chunk: kind.norm === 'batch' ? rows : 10, dropout: kind.residual ? 0.3 : 0 });
          const data = rowsLike(shape, loss, rows, 3);
          const values = valuesLike(shape, 4);
          const [kernel, twin] = [await kernelNet(shape, rules, values, data), plainNet(shape, rules, values, data)];
          for (const machine of [kernel, twin]) machine.begin(Array.from({ length: 20 }, (_, i) => 77 * i + 5));
          const [found, wanted] = [gradientBy(kernel, rows), gradientBy(twin, rows)];
          expect(Math.abs(found.loss - wanted.loss), named(kind)).toBeLessThan(2e-6);
          found.gradient.forEach(([name, numbers], i) => expect(furthest(numbers, wanted.gradient[i]![1]), `${named(kind)}, ${hidden}: ${name}`).toBeLessThan(1e-5));
          expect(kernel.chance()).toEqual(twin.chance());
        }
      }
    });
  }

  const kind: Kind = { loss: 'softmax', activation: 'gelu', norm: 'layer', residual: true, embedded: true };
  const options: readonly (readonly [string, Kind, Partial<DenseRules>])[] = [
    ['AdamW with decay', kind, { optimiser: 'adamw', decay: 0.1 }],
    ['Adam with a penalty', { ...kind, loss: 'sigmoid' }, { optimiser: 'adam', decay: 0.1 }],
    ['descent with momentum and a penalty', { ...kind, loss: 'squared' }, { momentum: 0.9, decay: 0.01 }],
    ['gradients cut to a length', { ...kind, norm: 'batch' }, { optimiser: 'adamw', clip: 0.05 }],
    ['dropout alone', { ...kind, activation: 'relu', norm: 'none', residual: false }, { optimiser: 'adamw', dropout: 0.4 }],
  ];
  for (const [name, one, given] of options) {
    it(`learns the same over three epochs: ${name}`, async () => {
      const shape = shapeLike(one, [12, 12], 6);
      const rules = rulesLike(one.loss, { batch: 32, chunk: one.norm === 'batch' ? 32 : 16, ...given });
      const data = rowsLike(shape, one.loss, 100, 3);
      const values = valuesLike(shape, 4);
      const [kernel, twin] = [await kernelNet(shape, rules, values, data), plainNet(shape, rules, values, data)];
      const [own, wanted] = [kernel, twin].map((machine) => epochsOf(machine, rules, 100, 3, given.optimiser === undefined ? 0.02 : 0.003));
      expect(furthest(own!, wanted!)).toBeLessThan(1e-5);
      const before = listed(values);
      const after = listed(twin.values(twin.numbers()));
      listed(kernel.values(kernel.numbers())).forEach(([part, numbers], i) => {
        // Adam divides by the size of a gradient: where that is nearly 0, its last digits count.
        expect(furthest(numbers, after[i]![1]), part).toBeLessThan(1e-4);
        if (!/^(mean|variance)/.test(part) && !(one.norm === 'batch' && /^bias of layer [01]/.test(part))) expect(furthest(numbers, before[i]![1]), part).toBeGreaterThan(1e-3);
      });
      expect(kernel.score(data, 0, 100, 0)).toBeCloseTo(twin.score(data, 0, 100, 0), 3);
      expect(furthest(kernel.answer(data, 0, 100), twin.answer(data, 0, 100))).toBeLessThan(1e-4);
    });
  }

  it('makes the same of a batch whatever the calls that it comes in', async () => {
    const shape = shapeLike(kind, [12, 12], 6);
    const rules = rulesLike('softmax', { batch: 40, chunk: 8, optimiser: 'adamw', dropout: 0.2 });
    const data = rowsLike(shape, 'softmax', 100, 3);
    const make = async (): ReturnType<typeof kernelNet> => {
      const machine = await kernelNet(shape, rules, valuesLike(shape, 4), data);
      machine.begin(Array.from({ length: 20 }, (_, i) => i + 1));
      machine.reorder([1, 2, 3, 4]);
      return machine;
    };
    const steps = Float32Array.of(0.01, 1e-8, 1, 0, 0.02, 1e-8, 1, 0, 0.03, 1e-8, 1, 0);
    const [whole, parts] = [await make(), await make()];
    const together = whole.train(0, 100, steps, 0);
    let sum = 0;
    for (const [from, to, at] of [[0, 8, 0], [8, 32, 0], [32, 80, 0], [80, 88, 8], [88, 100, 8]] as const) sum = parts.train(from, to, steps.slice(at), sum);
    expect(sum).toBe(together);
    expect(parts.numbers()).toEqual(whole.numbers());
  });

  it('answers a row by itself as in company, for one output and for many', async () => {
    for (const loss of ['squared', 'softmax'] as const) {
      const shape: DenseShape = shapeLike({ ...kind, loss }, [13, 13], 6);
      const machine = await kernelNet(shape, rulesLike(loss, { chunk: 16 }), valuesLike(shape, 4));
      const data = rowsLike(shape, loss, 50, 3);
      const together = machine.answer(data, 0, 50);
      const outputs = shape.layers.at(-1)!.outputs;
      for (const row of [0, 17, 49]) expect(Array.from(machine.answer(data, row, row + 1))).toEqual(Array.from(together.slice(row * outputs, (row + 1) * outputs)));
    }
  });

  it('keeps numbers that are too small for float32 out of the moments, where they would cost a hundred times as much', async () => {
    const shape = shapeLike({ ...kind, embedded: false, norm: 'none', activation: 'relu', residual: false, loss: 'squared' }, [8], 6);
    const rules = rulesLike('squared', { batch: 8, chunk: 8, optimiser: 'adamw' });
    const data = { ...rowsLike(shape, 'squared', 8, 3), w: Float32Array.of(1e-15, 0, 0, 0, 0, 0, 0, 0) };
    const machine = await kernelNet(shape, rules, valuesLike(shape, 4), data);
    epochsOf(machine, rules, 8, 3000, 1e-3);
    const least = 1.2e-38;
    for (const moments of machine.moments()) expect(moments.every((value) => value === 0 || Math.abs(value) > least)).toBe(true);
  });
});

describe('panels of weights', () => {
  it('hold every weight once, and give them back', () => {
    for (const [inputs, outputs, rows, columns] of [[5, 3, 8, 4], [8, 8, 8, 8], [7, 13, 8, 16], [4, 20, 4, 20], [6, 1, 8, 1]] as const) {
      const weights = Float32Array.from({ length: inputs * outputs }, (_, i) => i + 1);
      const panels = new Float32Array(rows * columns);
      toPanels(weights, inputs, outputs, panels, rows, columns);
      expect(fromPanels(panels, rows, columns, inputs, outputs)).toEqual(weights);
      expect(panels.filter((value) => value !== 0).length).toBe(inputs * outputs);
    }
  });
});
