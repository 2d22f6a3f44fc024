import { describe, expect, it } from 'vitest';
import { largeStateBytes, markOf, stateBytes, stateOf, type SavedNumbers } from '../../../../workers/training/savedState';

const state = { head: { epoch: 3, name: '−ß' }, arrays: [Float32Array.of(1.5, -2, NaN), Float64Array.of(Math.PI), new Float32Array(0)] };

describe('a saved state', () => {
  it('comes back bit for bit, also from the middle of a larger buffer', () => {
    const bytes = stateBytes('m', state);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    for (const source of [bytes, shifted.subarray(3)]) {
      const back = stateOf('m', source);
      expect(back?.head).toEqual(state.head);
      expect(back?.arrays).toStrictEqual(state.arrays);
    }
  });

  it('is nothing under another mark, cut short, or where there are no bytes', () => {
    const bytes = stateBytes('m', state);
    expect(stateOf('other', bytes)).toBeUndefined();
    expect(stateOf('m', undefined)).toBeUndefined();
    for (let length = 0; length < bytes.length - 8; length += 5) expect(stateOf('m', bytes.slice(0, length))).toBeUndefined();
  });
});

describe('a large saved state', () => {
  const lists = [[Uint8Array.of(1, 2, 255), Uint8Array.of(4)], [Int32Array.of(-1, 7)], [Uint32Array.of(4_294_967_295)], [Float32Array.of(0.5), new Float32Array(0), Float32Array.of(-0)], [Float64Array.of(Math.E)], []];

  it('joins the pieces of each list, whatever the kind, and gives way between them', async () => {
    let breaths = 0;
    const bytes = await largeStateBytes('m', { epoch: 1 }, lists, () => {
      breaths++;
      return breaths % 2 === 0 ? Promise.resolve() : undefined;
    });
    expect(breaths).toBe(lists.flat().length);
    const joined: SavedNumbers[] = [Uint8Array.of(1, 2, 255, 4), Int32Array.of(-1, 7), Uint32Array.of(4_294_967_295), Float32Array.of(0.5, -0), Float64Array.of(Math.E), new Uint8Array(0)];
    expect(stateOf<SavedNumbers>('m', bytes)?.arrays).toStrictEqual(joined);
    expect(bytes).toEqual(stateBytes('m', { head: { epoch: 1 }, arrays: joined }));
  });

  it('is nothing where its kinds are those of an earlier version', () => {
    const bytes = stateBytes('m', { head: {}, arrays: [Float64Array.of(1)] });
    const text = new TextDecoder().decode(bytes);
    const at = text.indexOf('"f64"');
    expect(at).toBeGreaterThan(0);
    bytes.set(new TextEncoder().encode('   64'), at);
    expect(stateOf('m', bytes)).toBeUndefined();
  });
});

describe('the mark of a training', () => {
  const examples = { rows: 1, features: 2, x: Float32Array.of(1, 2), y: Float64Array.of(0) };
  const input = {
    kind: 'classification' as const,
    classes: 2,
    train: examples,
    validation: examples,
    plan: { learner: 'dense', hyperparameters: { a: 1 }, seed: 1, engine: 'cpu' as const },
  };

  it('changes with the plan, the features, the targets and the weights', () => {
    const marks = [
      markOf(input),
      markOf({ ...input, plan: { ...input.plan, seed: 2 } }),
      markOf({ ...input, plan: { ...input.plan, hyperparameters: { a: 2 } } }),
      markOf({ ...input, train: { ...examples, x: Float32Array.of(1, 3) } }),
      markOf({ ...input, validation: { ...examples, y: Float64Array.of(1) } }),
      markOf({ ...input, train: { ...examples, weights: Float64Array.of(2) } }),
    ];
    expect(new Set(marks).size).toBe(marks.length);
    expect(markOf(structuredClone(input))).toBe(marks[0]);
  });
});
