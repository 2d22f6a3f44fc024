/** @file The linear learner: logistic regression by L-BFGS, ridge regression by Cholesky's factors, both in float64. */

import { ofForm } from '../../../src/domain/modelling/forms/learntModel';
import type { LayersModel } from '../../../src/domain/modelling/forms/layers';
import { forward } from '../../../src/domain/modelling/forward';
import type { EpochReport, Examples, Learner, TrainingHooks, TrainingInput, TrainingOutcome } from '../../../src/domain/modelling/learner';
import { linearDescription } from '../../../src/domain/modelling/learners/linear';
import { breathing } from '../breath';
import { checkFeatures, checkInput } from '../examplesCheck';
import { featureRows, type FeatureRows } from '../featureRows';
import { logisticObjective } from '../logistic';
import { lossOf, scaleOf, totalWeight, type Scale } from '../loss';
import { minimum, type Descent } from '../minimum';
import { ridge } from '../ridge';
import { markOf, stateBytes, stateOf } from '../savedState';

/** Each iteration of the logistic regression is one point of the curve; ridge regression has a single one. */
export const linear: Learner = {
  ...linearDescription,
  async train(input, hooks) {
    checkInput(input);
    return input.kind === 'regression' ? trainRidge(input, hooks) : trainLogistic(input, hooks);
  },
  async predict(model, classes, x, rows) {
    const features = ofForm(model, 'layers').layers[0]!.inputs;
    checkFeatures(x, rows, features);
    return forward(model, classes, x, rows);
  },
};

const rowsOf = ({ x, rows, features }: Examples): FeatureRows => featureRows(x, rows, features);

async function trainRidge(input: TrainingInput, hooks: TrainingHooks): Promise<TrainingOutcome> {
  const { train, validation, plan } = input;
  const breathe = breathing(hooks);
  const scale = scaleOf(train);
  const target = train.y.map((value) => (value - scale.mean) / scale.deviation);
  const x = rowsOf(train);
  const fit = await ridge(x, target, train.weights, plan.hyperparameters['l2'] as number, breathe);
  const point = Float64Array.of(...fit.weights, fit.intercept);
  if (!point.every(Number.isFinite)) return { kind: 'diverged', epoch: 1 };
  const trainLoss = curveLoss(x, train, input, point, scale);
  const validationLoss = validation.rows > 0 ? curveLoss(rowsOf(validation), validation, input, point, scale) : trainLoss;
  const report: EpochReport = { epoch: 1, epochs: 1, trainLoss, validationLoss };
  hooks.onEpoch(report);
  await hooks.breathe();
  const weights = Float32Array.from(fit.weights, (weight) => weight * scale.deviation);
  const bias = Float32Array.of(fit.intercept * scale.deviation + scale.mean);
  const layer = { inputs: train.features, outputs: 1, weights, bias, activation: 'linear' as const };
  return { kind: 'trained', model: { form: 'layers', layers: [layer], output: 'identity', facts: {} }, curve: [report], backend: 'plain' };
}

async function trainLogistic(input: TrainingInput, hooks: TrainingHooks): Promise<TrainingOutcome> {
  const { train, validation, plan } = input;
  const { outputs } = lossOf(input);
  const epochs = plan.hyperparameters['max_iterations'] as number;
  const breathe = breathing(hooks);
  const mark = markOf(input);
  const saved = stateOf(mark, input.checkpoint);
  const size = (train.features + 1) * outputs;
  const descent: Descent = { point: new Float64Array(size), iteration: 0, steps: [], changes: [] };
  let curve: EpochReport[] = [];
  if (saved) {
    const head = saved.head as unknown as { iteration: number; curve: EpochReport[] };
    const [point, ...pairs] = saved.arrays as readonly Float64Array[];
    descent.point = point!;
    descent.iteration = head.iteration;
    descent.steps = pairs.slice(0, pairs.length / 2);
    descent.changes = pairs.slice(pairs.length / 2);
    curve = head.curve;
  }
  const l2 = plan.hyperparameters['l2'] as number;
  const x = rowsOf(train);
  const validationRows = validation.rows > 0 ? rowsOf(validation) : undefined;
  const total = totalWeight(train);
  let stopped = false;
  const objective = logisticObjective(x, train.y, train.weights, outputs, l2, breathe);
  const found = await minimum(objective, descent, {
    tolerance: plan.hyperparameters['tolerance'] as number,
    maxIterations: epochs,
    async afterIteration(state, value) {
      let penalty = 0;
      for (let k = 0; k < train.features * outputs; k++) penalty += state.point[k]! ** 2;
      const trainLoss = value - ((l2 / 2) * penalty) / total;
      const validationLoss = validationRows ? curveLoss(validationRows, validation, input, state.point) : trainLoss;
      const report: EpochReport = { epoch: state.iteration, epochs, trainLoss, validationLoss };
      curve.push(report);
      hooks.onEpoch(report);
      if (hooks.checkpointDue()) {
        const arrays = [state.point, ...state.steps, ...state.changes];
        await hooks.checkpoint(stateBytes(mark, { head: { iteration: state.iteration, curve: curve.map((one) => ({ ...one })) }, arrays }));
      }
      await breathe();
      stopped = hooks.stopped();
      return stopped;
    },
  });
  if (!found.point.every(Number.isFinite) || !Number.isFinite(found.gradientNorm)) return { kind: 'diverged', epoch: found.iterations };
  const weights = Float32Array.from(found.point.subarray(0, train.features * outputs));
  const bias = Float32Array.from(found.point.subarray(train.features * outputs));
  const layer = { inputs: train.features, outputs, weights, bias, activation: 'linear' as const };
  const facts: LayersModel['facts'] = { iterations: found.iterations, converged: found.converged, gradientNorm: found.gradientNorm };
  const model: LayersModel = { form: 'layers', layers: [layer], output: outputs === 1 ? 'sigmoid' : 'softmax', facts };
  if (!stopped || found.converged || found.iterations >= epochs) return { kind: 'trained', model, curve, backend: 'plain' };
  // As if no more iterations had been allowed: the limit is part of every point of the curve.
  return { kind: 'stopped', model, curve: curve.map((point) => ({ ...point, epochs: found.iterations })), backend: 'plain' };
}

/** Weighted mean loss of the rows under weights and intercepts in one array. */
function curveLoss(x: FeatureRows, examples: Examples, input: TrainingInput, point: Float64Array, scale?: Scale): number {
  const loss = lossOf(input);
  const { rows, y, weights } = examples;
  const logits = new Float64Array(rows * loss.outputs);
  x.project(point, point.subarray(x.features * loss.outputs), loss.outputs, logits, 0, rows);
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const target = scale === undefined ? y[i]! : (y[i]! - scale.mean) / scale.deviation;
    sum += (weights?.[i] ?? 1) * loss.of(logits, i * loss.outputs, target);
  }
  return sum / totalWeight(examples);
}
