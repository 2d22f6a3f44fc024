import { describe, expect, it } from 'vitest';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import type { Engine, TrainingHooks, TrainingInput } from '../../../../../src/domain/modelling/learner';
import { completePlan } from '../../../../../src/domain/modelling/plan';
import { seeded } from '../../../../../src/domain/random';
import { linear } from '../../../../../workers/training/learners/linear';
import { passesOf } from '../../../../../workers/training/linear/engine';
import { rowStore } from '../../../../../workers/training/linear/rowStore';
import { warmStart, worthFrom } from '../../../../../workers/training/linear/warmStart';
import { stoppedPlan } from '../../../../../workers/training/ops/train';

const hooks: TrainingHooks = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const features = 4;
const rows = worthFrom + 1001;

/** Rows in the order of their class: a sample from the beginning alone would have one class. */
function inputOf(classes: number, settings: Record<string, number | string> = {}, engine: Engine = 'native'): TrainingInput {
  const random = seeded(classes);
  const labelled = Array.from({ length: rows }, () => {
    const x = Array.from({ length: features }, () => random.normal() + 0.5);
    return { x, y: Math.min(classes - 1, Math.max(0, Math.floor((x[0]! - x[1]! + random.normal()) / 1.5 + classes / 2))) };
  }).sort((a, b) => a.y - b.y);
  const plan = completePlan('linear', { tolerance: 1e-10, ...settings }, 1, engine, linear.hyperparameters);
  const train = { rows, features, x: Float32Array.from(labelled.flatMap(({ x }) => x)), y: Float64Array.from(labelled, ({ y }) => y) };
  return { kind: 'classification', classes, train, validation: { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) }, plan };
}

async function learnt(input: TrainingInput, given: Partial<TrainingHooks> = {}) {
  const outcome = await linear.train(input, { ...hooks, ...given });
  if (outcome.kind === 'diverged') throw new Error('diverged');
  const { layers, facts } = ofForm(outcome.model, 'layers');
  return { kind: outcome.kind, weights: layers[0]!.weights, bias: layers[0]!.bias, facts, curve: outcome.curve };
}

describe('many rows', () => {
  for (const classes of [2, 3]) {
    it(`begin near the minimum, ${classes} classes: the mean gradient there is small, and larger at the shares alone`, async () => {
      const { train } = inputOf(classes);
      const outputs = classes === 2 ? 1 : classes;
      const passes = await passesOf('native', rowStore(train), outputs, { squares: true, keeps: true }, () => undefined);
      const begin = new Float64Array((features + 1) * outputs);
      const shares = Float64Array.from({ length: classes }, (_, c) => train.y.filter((label) => label === c).length / rows);
      const { point, guess } = await warmStart(passes, train, 'native', 1, begin, shares, () => undefined);
      expect(guess).toBeDefined();
      const size = async (at: Float64Array): Promise<number> => {
        const gradient = new Float64Array(at.length);
        await passes.logistic(at, gradient);
        return Math.max(...gradient.map(Math.abs)) / rows;
      };
      expect(await size(point)).toBeLessThan(0.02);
      expect(await size(begin)).toBeGreaterThan(0.1);
      // The guess is close to the inverse of the curvature: one step of it brings the gradient down tenfold.
      const gradient = new Float64Array(point.length);
      await passes.logistic(point, gradient);
      const step = gradient.map((value) => value / rows);
      guess!(step);
      expect(await size(point.map((value, k) => value - step[k]!))).toBeLessThan((await size(point)) * (classes === 2 ? 0.1 : 0.9));
    });

    it(`learn the same minimum in few iterations, the same bits on both engines, ${classes} classes`, async () => {
      const a = await learnt(inputOf(classes));
      const b = await learnt(inputOf(classes, {}, 'plain'));
      expect([a.weights, a.bias, a.facts, a.curve]).toEqual([b.weights, b.bias, b.facts, b.curve]);
      expect(a.facts).toMatchObject({ converged: true });
      expect(a.curve.length).toBeLessThan(25);
      // Weights of 1 each ask for the same.
      const input = inputOf(classes);
      const weighted = await learnt({ ...input, train: { ...input.train, weights: new Float64Array(rows).fill(1) } });
      expect(weighted.weights).toEqual(a.weights);
    });

    it(`go on from a checkpoint, and stop, to the bit, ${classes} classes`, async () => {
      const input = inputOf(classes);
      const states: Uint8Array[] = [];
      const whole = await learnt(input, { checkpointDue: () => true, checkpoint: async (state) => void states.push(state.slice()) });
      expect(states.length).toBe(whole.curve.length);
      for (const checkpoint of [states[0]!, states[1]!, states.at(-1)!]) expect(await learnt({ ...input, checkpoint })).toEqual(whole);
      const stopped = await learnt(input, { stopped: () => true });
      expect(stopped.kind).toBe('stopped');
      expect(await learnt({ ...input, plan: stoppedPlan(input.plan, stopped.curve) })).toEqual({ ...stopped, kind: 'trained' });
    });
  }

  it('whose sample has one class, or can be told apart, end as the others do', async () => {
    const input = inputOf(2);
    // One row in a thousand, and only where no sample looks: blocks of 64 at every fourth place.
    const y = input.train.y.map((_, i) => (i % 256 === 130 ? 1 : 0));
    const rare = await learnt({ ...input, train: { ...input.train, y } });
    expect(rare.facts).toMatchObject({ converged: true });
    expect(rare.bias[0]).toBeCloseTo(Math.log(y.filter((label) => label === 1).length / y.filter((label) => label === 0).length), 0);
    const apart = input.train.y.map((_, i) => (input.train.x[i * features]! > 0.5 ? 1 : 0));
    const separated = await learnt({ ...input, train: { ...input.train, y: apart }, plan: { ...input.plan, hyperparameters: { ...input.plan.hyperparameters, penalty: 'none' } } });
    expect(separated.facts).toMatchObject({ converged: false, withoutErrors: 'separated' });
    expect([...separated.weights, ...separated.bias].every(Number.isFinite)).toBe(true);
  });

  it('begun at the minimum have a curve of one point', async () => {
    const { curve, facts, kind } = await learnt(inputOf(2, { tolerance: 0.5 }));
    expect([kind, facts['iterations'], curve.length, curve[0]!.epoch]).toEqual(['trained', 0, 1, 1]);
  });
});
