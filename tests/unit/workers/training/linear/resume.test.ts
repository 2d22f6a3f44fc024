import { describe, expect, it } from 'vitest';
import { ofForm } from '../../../../../src/domain/modelling/forms/learntModel';
import type { TrainingHooks, TrainingInput } from '../../../../../src/domain/modelling/learner';
import { completePlan } from '../../../../../src/domain/modelling/plan';
import { seeded } from '../../../../../src/domain/random';
import { linear } from '../../../../../workers/training/learners/linear';
import { stoppedPlan } from '../../../../../workers/training/ops/train';

const hooks: TrainingHooks = { onEpoch: () => undefined, stopped: () => false, breathe: async () => undefined, checkpointDue: () => false, checkpoint: async () => undefined };
const features = 6;

function inputOf(classes: number, settings: Record<string, number | string>, engine: 'native' | 'plain'): TrainingInput {
  const random = seeded(12);
  const part = (rows: number) => {
    const x = Float32Array.from({ length: rows * features }, () => random.normal());
    return { rows, features, x, y: Float64Array.from({ length: rows }, (_, i) => Math.min(classes - 1, Math.max(0, Math.floor((x[i * features]! + random.normal()) / 1.5 + classes / 2)))) };
  };
  return { kind: 'classification', classes, train: part(203), validation: part(61), plan: completePlan('linear', { tolerance: 1e-10, ...settings }, 1, engine, linear.hyperparameters) };
}

async function learnt(input: TrainingInput, given: Partial<TrainingHooks> = {}) {
  const outcome = await linear.train(input, { ...hooks, ...given });
  if (outcome.kind === 'diverged') throw new Error('diverged');
  return { ending: outcome.kind, layers: ofForm(outcome.model, 'layers').layers, facts: outcome.model.facts, curve: outcome.curve };
}

// The battery of learners has the usual penalty; these are the others.
for (const settings of [{ penalty: 'none' }, { penalty: 'l1', l1: 3 }, { penalty: 'elasticnet', l1: 2, l2: 1 }])
  for (const classes of [2, 3])
    for (const engine of ['native', 'plain'] as const)
      describe(`${JSON.stringify(settings)}, ${classes} classes, ${engine}`, () => {
        it('learns the same bits from any checkpoint', async () => {
          const input = inputOf(classes, settings, engine);
          const states: Uint8Array[] = [];
          const whole = await learnt(input, { checkpointDue: () => true, checkpoint: async (state) => void states.push(state.slice()) });
          expect(states.length).toBeGreaterThan(2);
          for (const checkpoint of states) expect(await learnt({ ...input, checkpoint })).toEqual(whole);
        });

        it('is stopped as a plan ends whose limit is the iteration', async () => {
          const input = inputOf(classes, settings, engine);
          for (const wanted of [1, 2]) {
            let told = 0;
            const stopped = await learnt(input, { onEpoch: () => void told++, stopped: () => told >= wanted });
            expect([stopped.ending, stopped.curve.length]).toEqual(['stopped', wanted]);
            expect(await learnt({ ...input, plan: stoppedPlan(input.plan, stopped.curve) })).toEqual({ ...stopped, ending: 'trained' });
          }
        });

        it('converges along a finite curve, which falls where there is no penalty', async () => {
          const { curve, facts } = await learnt(inputOf(classes, settings, engine));
          expect(facts).toMatchObject({ converged: true });
          if (settings.penalty === 'none') curve.slice(1).forEach(({ trainLoss }, i) => expect(trainLoss).toBeLessThanOrEqual(curve[i]!.trainLoss + 1e-12));
          expect(curve.every(({ trainLoss, validationLoss }) => Number.isFinite(trainLoss) && validationLoss > 0)).toBe(true);
        });
      });
