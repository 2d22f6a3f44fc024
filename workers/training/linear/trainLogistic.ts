/** @file Logistic regression of a plan: the smooth objectives by L-BFGS, those with an L1 term by proximal Newton; curve, checkpoints, stop. */

import type { Json } from '../../../src/domain/canonical';
import { log64 } from '../../../src/domain/exactMath';
import type { LearntModel } from '../../../src/domain/modelling/forms/learntModel';
import type { EpochReport, TrainingHooks, TrainingInput, TrainingOutcome } from '../../../src/domain/modelling/learner';
import { breathing } from '../breath';
import { classShares, lossOf } from '../loss';
import { minimum, type Descent } from '../minimum';
import { markOf, stateBytes, stateOf, type SavedState } from '../savedState';
import { passesOf } from './engine';
import { inferenceFacts } from './facts';
import { likelihoodErrors, separated } from './inference';
import { meanLogLoss, squaredTerm } from './objective';
import { penaltyOf } from './penalty';
import { proximalNewton } from './proximalNewton';
import { rowStore } from './rowStore';
import { warmStart, worthFrom } from './warmStart';

export async function trainLogistic(input: TrainingInput, hooks: TrainingHooks): Promise<TrainingOutcome> {
  const { train, validation, plan, classes } = input;
  const { outputs } = lossOf(input);
  const epochs = plan.hyperparameters['max_iterations'] as number;
  const tolerance = plan.hyperparameters['tolerance'] as number;
  const penalty = penaltyOf(plan.hyperparameters);
  const breathe = breathing(hooks);
  // It reads all the data: only where a checkpoint comes or goes.
  let known: string | undefined;
  const mark = (): string => (known ??= markOf(input));
  const size = train.features * outputs;
  const shares = classShares(train, classes);
  const saved = input.checkpoint && stateOf(mark(), input.checkpoint);
  const likelihood = penalty.l1 === 0 && penalty.l2 === 0;
  const rows = rowStore(train);
  const passes = await passesOf(plan.engine, rows, outputs, { squares: true, keeps: likelihood || penalty.l1 > 0 || train.rows < worthFrom }, breathe);
  const others = validation.rows > 0 ? rowStore(validation) : undefined;
  const unseen = others && (await passesOf(plan.engine, others, outputs, { squares: false, keeps: false }, breathe));
  const begin = beginning(size, outputs, shares);
  const start = penalty.l1 > 0 ? { point: begin, guess: undefined } : await warmStart(passes, train, plan.engine, penalty.l2, begin, shares, breathe);
  const { descent, curve } = saved ? restored(saved) : { descent: { point: start.point, iteration: 0, steps: [], changes: [] }, curve: [] };
  let stopped = false;
  const told = async (point: Float64Array, iteration: number, trainLoss: number): Promise<boolean> => {
    const validationLoss = unseen ? (await unseen.logistic(point, undefined)) / others!.total : trainLoss;
    const report: EpochReport = { epoch: iteration, epochs, trainLoss, validationLoss };
    curve.push(report);
    hooks.onEpoch(report);
    if (hooks.checkpointDue()) {
      const arrays = [point, ...descent.steps, ...descent.changes];
      await hooks.checkpoint(stateBytes(mark(), { head: { iteration, curve: curve.map((one) => ({ ...one })) }, arrays }));
    }
    await breathe();
    stopped = hooks.stopped();
    return stopped;
  };
  const strength = penalty.l2 / rows.total;
  const limits = { tolerance, maxIterations: epochs };
  const found =
    penalty.l1 > 0
      ? await proximalNewton(passes, penalty, descent, { ...limits, breathe, afterIteration: (state, loss) => told(state.point, state.iteration, loss) })
      : await minimum(meanLogLoss(passes, strength), descent, {
          ...limits,
          ...(start.guess ? { precondition: start.guess } : {}),
          afterIteration: (state, value) => told(state.point, state.iteration, value - squaredTerm(strength, state.point, size)),
        });
  // Begun at the minimum: the curve is that one point.
  if (curve.length === 0) await told(descent.point, 1, (await passes.logistic(descent.point, undefined)) / rows.total);
  if (!descent.point.every(Number.isFinite) || !Number.isFinite(found.gradientNorm)) return { kind: 'diverged', epoch: found.iterations };
  // Of the many weights that give the same probabilities without a penalty, those about 0.
  const point = likelihood ? aboutZero(descent.point, outputs) : descent.point;
  const weights = Float32Array.from(point.subarray(0, size));
  const bias = Float32Array.from(point.subarray(size));
  const layer = { inputs: train.features, outputs, weights, bias, activation: 'linear' as const };
  let apart = false;
  let inference: Json = 'penalised';
  if (likelihood) {
    await passes.logistic(point, undefined, true);
    apart = separated(passes);
    if (apart) inference = 'separated';
    else if (!found.converged) inference = 'notConverged';
    else inference = train.weights ? 'weighted' : await likelihoodErrors(passes, point, breathe);
  }
  // A flat place on the way to infinity is no minimum.
  const facts: LearntModel['facts'] = { iterations: found.iterations, converged: found.converged && !apart, gradientNorm: found.gradientNorm, ...inferenceFacts(inference) };
  const model: LearntModel = { form: 'layers', layers: [layer], output: outputs === 1 ? 'sigmoid' : 'softmax', facts };
  if (!stopped || found.converged || found.iterations >= epochs) return { kind: 'trained', model, curve, backend: plan.engine };
  // As if no more iterations had been allowed: the limit is part of every point of the curve.
  return { kind: 'stopped', model, curve: curve.map((one) => ({ ...one, epochs: Math.max(1, found.iterations) })), backend: plan.engine };
}

function aboutZero(point: Float64Array, outputs: number): Float64Array {
  if (outputs === 1) return point;
  const own = point.slice();
  for (let at = 0; at < own.length; at += outputs) {
    let mean = 0;
    for (let j = 0; j < outputs; j++) mean += own[at + j]! / outputs;
    for (let j = 0; j < outputs; j++) own[at + j]! -= mean;
  }
  return own;
}

/** Weights of 0 and the intercepts that give every class its share. */
function beginning(size: number, outputs: number, shares: Float64Array): Float64Array {
  const point = new Float64Array(size + outputs);
  const logs = Array.from(shares, (share) => log64(Math.max(share, 1e-3)));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  for (let j = 0; j < outputs; j++) point[size + j] = outputs === 1 ? logs[1]! - logs[0]! : logs[j]! - mean;
  return point;
}

function restored({ head, arrays }: SavedState): { descent: Descent; curve: EpochReport[] } {
  const { iteration, curve } = head as unknown as { iteration: number; curve: EpochReport[] };
  const [point, ...pairs] = arrays as readonly Float64Array[];
  return { descent: { point: point!, iteration, steps: pairs.slice(0, pairs.length / 2), changes: pairs.slice(pairs.length / 2) }, curve };
}
