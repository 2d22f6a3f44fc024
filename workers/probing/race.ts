/**
 * @file Finds the fastest engine of this device for a plan: a few steps of the plan itself on each engine that has a chance, after a warm-up that does
 * not count. Not for learners that run on our own kernels alone.
 */

import { kernelsRun } from '../../src/domain/modelling/kernelsRun';
import { probeBudget } from '../../src/domain/modelling/cost';
import type { Engine, Examples, Learner, Plan, TrainingHooks, TrainingInput } from '../../src/domain/modelling/learner';
import { seeded } from '../../src/domain/random';
import { Refusal } from '../../src/domain/refusal';
import { startEngine } from '../tensors/backend';
import { gradientCheck } from '../tensors/gradientCheck';
import type { ProbeRow, RaceEntry } from './api';

/** Steps of a round, where the training is long enough for them: so many that the start of a training counts for little. */
const mostSteps = 64;
/** An engine's turn ends after so many rounds, or at this time in ms. */
const rounds = 5;
const turn = 350;
/** Relative difference of the losses that engines may have after one epoch: sums in another order, in float32. */
const agreement = 0.02;

const quiet: TrainingHooks = {
  onEpoch: () => undefined,
  stopped: () => false,
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
  checkpointDue: () => false,
  checkpoint: () => Promise.resolve(),
};

/**
 * The first engine of the entry, our own, is always timed.
 */
export async function race(entry: RaceEntry, learner: Learner): Promise<{ readonly engine: Engine; readonly table: readonly ProbeRow[] }> {
  const { engines, predicted } = entry;
  const begin = performance.now();
  const budget = 1000 * probeBudget(predicted);
  const each = budget / engines.length;
  const table: ProbeRow[] = [];
  let loss: number | undefined;
  for (const [place, engine] of engines.entries()) {
    if (place > 0 && performance.now() - begin > budget) {
      table.push({ engine, ok: false, reason: 'late', msPerStep: null });
      continue;
    }
    const { row, loss: found } = await timed(learner, inputOf(entry, engine, stepsOf(entry)), loss, Math.min(turn, each));
    loss ??= found;
    table.push(row);
  }
  let best: ProbeRow | undefined;
  for (const row of table) if (row.ok && (best === undefined || row.msPerStep! < best.msPerStep!)) best = row;
  return { engine: best?.engine ?? (kernelsRun() ? 'native' : 'plain'), table };
}

async function timed(learner: Learner, input: TrainingInput, expected: number | undefined, patience: number): Promise<{ readonly row: ProbeRow; readonly loss: number | undefined }> {
  const { engine } = input.plan;
  const out = (reason: string): { row: ProbeRow; loss: undefined } => ({ row: { engine, ok: false, reason, msPerStep: null }, loss: undefined });
  try {
    if (engine === 'native' && !kernelsRun()) return out('noSimd');
    if (engine !== 'native' && engine !== 'plain') {
      const { fallback } = await startEngine(engine);
      // An emulation is not worth the time that its slow steps would take from the others.
      if (fallback) return out('fallback');
      const check = await gradientCheck(engine);
      if (!check.ok) return out(check.reason);
    }
    const loss = await lossAfter(learner, input);
    if (loss === undefined) return out('diverged');
    if (expected !== undefined && Math.abs(loss - expected) > agreement * Math.max(Math.abs(expected), 1e-3)) return out('disagrees');
    const times: number[] = [];
    const begin = performance.now();
    const steps = input.train.rows / Number(input.plan.hyperparameters['batch_size']);
    for (let round = 0; round < rounds && (round === 0 || performance.now() - begin < patience); round++) {
      const start = performance.now();
      await lossAfter(learner, input);
      times.push((performance.now() - start) / steps);
    }
    times.sort((a, b) => a - b);
    return { row: { engine, ok: true, reason: null, msPerStep: times[times.length >> 1]! }, loss };
  } catch (error) {
    return out(error instanceof Refusal ? String(error.details['reason'] ?? error.code) : error instanceof Error ? error.message : String(error));
  }
}

async function lossAfter(learner: Learner, input: TrainingInput): Promise<number | undefined> {
  const outcome = await learner.train(input, quiet);
  return outcome.kind === 'diverged' ? undefined : outcome.curve.at(-1)!.trainLoss;
}

/** As many steps as a small part of what is foretold for the whole, so that the race stays within its time: warm-up and one round on each engine. */
function stepsOf({ plan, rows, engines, predicted }: RaceEntry): number {
  const batch = batchOf(plan, rows);
  const all = Number(plan.hyperparameters['epochs'] ?? 1) * Math.ceil(rows / batch);
  const affordable = (all * probeBudget(predicted)) / (predicted * 2 * engines.length);
  return Math.max(1, Math.min(mostSteps, Math.floor(affordable)));
}

const batchOf = ({ hyperparameters }: Plan, rows: number): number => Math.max(1, Math.min(Number(hyperparameters['batch_size'] ?? 256), rows));

/** One epoch of a few steps over made-up rows. Dropout is left out, since its chance differs from engine to engine; it costs next to nothing. */
function inputOf({ plan, kind, classes, features, rows: all }: RaceEntry, engine: Engine, steps: number): TrainingInput {
  const batch = batchOf(plan, all);
  const rows = steps * batch;
  const random = seeded(11);
  // As after a recipe: one number in four is not zero.
  const x = Float32Array.from({ length: rows * features }, () => (random.next() < 0.25 ? random.normal() : 0));
  const y = Float64Array.from({ length: rows }, () => (kind === 'regression' ? random.normal() : Math.floor(classes * random.next())));
  const train: Examples = { rows, features, x, y };
  const validation: Examples = { rows: 0, features, x: new Float32Array(0), y: new Float64Array(0) };
  return { kind, classes, train, validation, plan: { ...plan, engine, hyperparameters: { ...plan.hyperparameters, epochs: 1, dropout: 0, batch_size: batch } } };
}
