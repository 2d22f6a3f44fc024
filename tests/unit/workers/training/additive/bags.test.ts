import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../src/domain/random';
import { drawBag, mostOrdered, wholeBag } from '../../../../../workers/training/additive/bags';

describe('a bag', () => {
  it('deals every training row to one part, keeps the validation rows, and fills parts up with the row of no weight', () => {
    for (const [rows, validation] of [
      [1, 0],
      [2, 3],
      [7, 5],
      [200, 81],
    ] as const) {
      for (const bag of [wholeBag(rows, validation), drawBag(rows, validation, Array.from({ length: rows }, (_, row) => row % 3), 3, seeded(2))]) {
        const { order, trained, heldBack, validated } = bag;
        const spare = rows + validation;
        expect([trained % 4, heldBack % 4, validated % 4, order.length]).toEqual([0, 0, 0, validated]);
        expect(order.length).toBeLessThanOrEqual(mostOrdered(rows, validation));
        const part = (from: number, to: number): number[] => [...order.subarray(from, to)].filter((row) => row !== spare);
        const learnt = [...part(0, trained), ...part(trained, heldBack)];
        expect(learnt.sort((a, b) => a - b)).toEqual([...Array(rows).keys()]);
        expect(part(heldBack, validated)).toEqual([...Array(validation).keys()].map((row) => rows + row));
        expect(part(0, trained)).toEqual(part(0, trained).sort((a, b) => a - b));
      }
    }
  });

  it('keeps back 15 % of each class, and no class whole', () => {
    const classes = [...Array<number>(200).fill(0), ...Array<number>(20).fill(1), 2];
    const { order, trained, heldBack } = drawBag(classes.length, 0, classes, 3, seeded(5));
    const kept = [0, 0, 0];
    for (const row of order.subarray(trained, heldBack)) if (row < classes.length) kept[classes[row]!]!++;
    expect(kept).toEqual([30, 3, 0]);
  });

  it('is another one each time, and the same for the same seed', () => {
    const draw = (seed: number): string[] => {
      const random = seeded(seed);
      return [0, 1].map(() => drawBag(100, 0, undefined, 0, random).order.join());
    };
    expect(draw(1)[0]).not.toBe(draw(1)[1]);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)[0]).not.toBe(draw(2)[0]);
  });
});
