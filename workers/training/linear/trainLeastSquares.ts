/** @file Linear regression of a plan: the target scaled, the fit, its one point of the curve, standard errors where there are any. */

import type { Json } from '../../../src/domain/canonical';
import type { EpochReport, TrainingHooks, TrainingInput, TrainingOutcome } from '../../../src/domain/modelling/learner';
import { breathing } from '../breath';
import { scaleOf } from '../loss';
import { inferenceFacts } from './facts';
import { leastSquaresErrors } from './inference';
import { leastSquares } from './leastSquares';
import { passesOf } from './engine';
import { penaltyOf } from './penalty';
import { projection, rowStore, type RowStore } from './rowStore';

export async function trainLeastSquares(input: TrainingInput, hooks: TrainingHooks): Promise<TrainingOutcome> {
  const { train, validation, plan } = input;
  const breathe = breathing(hooks);
  const scale = scaleOf(train);
  const scaled = (y: Float64Array): Float64Array => y.map((value) => (value - scale.mean) / scale.deviation);
  const penalty = penaltyOf(plan.hyperparameters);
  const rows = rowStore(train, scaled(train.y));
  const passes = await passesOf(plan.engine, rows, 1, { squares: true, keeps: false }, breathe);
  const fit = await leastSquares(passes, penalty, plan.hyperparameters['tolerance'] as number, plan.hyperparameters['max_iterations'] as number, breathe);
  if (!fit.weights.every(Number.isFinite) || !Number.isFinite(fit.intercept)) return { kind: 'diverged', epoch: 1 };
  const squares = await residualSquares(rows, fit.weights, fit.intercept, breathe);
  const trainLoss = squares / 2 / rows.total;
  let validationLoss = trainLoss;
  if (validation.rows > 0) {
    const others = rowStore(validation, scaled(validation.y));
    validationLoss = (await residualSquares(others, fit.weights, fit.intercept, breathe)) / 2 / others.total;
  }
  const report: EpochReport = { epoch: 1, epochs: 1, trainLoss, validationLoss };
  hooks.onEpoch(report);
  await hooks.breathe();
  let inference: Json;
  if (penalty.l1 > 0 || penalty.l2 > 0) inference = 'penalised';
  else if (train.weights) inference = 'weighted';
  else inference = await leastSquaresErrors({ ...fit, factors: fit.factors! }, train.rows, squares, scale, breathe);
  const weights = Float32Array.from(fit.weights, (weight) => weight * scale.deviation);
  const bias = Float32Array.of(fit.intercept * scale.deviation + scale.mean);
  const layer = { inputs: train.features, outputs: 1, weights, bias, activation: 'linear' as const };
  const facts = { ...(penalty.l1 > 0 ? { iterations: fit.iterations, converged: fit.converged } : {}), ...inferenceFacts(inference) };
  return { kind: 'trained', model: { form: 'layers', layers: [layer], output: 'identity', facts }, curve: [report], backend: plan.engine };
}

/** Σ weight · (target − answer)². */
async function residualSquares(rows: RowStore, weights: Float64Array, intercept: number, breathe: () => Promise<void> | undefined): Promise<number> {
  const slice = Math.max(1, Math.floor(2e6 / (rows.features + 1)));
  let sum = 0;
  for (let i = 0; i < rows.rows; i++) {
    const residual = rows.target[i]! - projection(rows, i, weights, intercept);
    sum += rows.weight[i]! * residual * residual;
    if (i % slice === slice - 1) await breathe();
  }
  return sum;
}
