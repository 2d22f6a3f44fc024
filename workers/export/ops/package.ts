/** @file The files of a model for other runtimes. The ONNX file is run here, on rows of the data, before it is called verified. */

import type { PerformOp } from '../../steps/op';
import { runOnnx, runtimeName } from '../onnxRuntime';
import { storedModel } from '../../steps/stored';
import { inputTable, partsOf, positionsOf, targetOf, truthOf } from '../../steps/examples';
import { PieceWriter, type TableArtifact } from '../../../src/storage/tables';
import type { Json } from '../../../src/domain/canonical';
import type { Artifact } from '../../../src/domain/pipeline/artifact';
import { applyRecipe } from '../../../src/domain/data/recipe/recipe';
import type { RecipeBody } from '../../../src/domain/data/recipeManifest';
import type { SplitBody } from '../../../src/domain/data/splitManifest';
import { onnxModel } from '../../../src/domain/deployment/onnx/modelGraph';
import { onnxInputs } from '../../../src/domain/deployment/onnx/onnxInputs';
import type { PackageBody, PackageFile } from '../../../src/domain/deployment/packageManifest';
import { comparedOutputs, parityDocument, parityRows, parityTolerance } from '../../../src/domain/deployment/parity';
import { safetensorsOf } from '../../../src/domain/deployment/safetensors';
import { fitsTfjs, tfjsLayersModel } from '../../../src/domain/deployment/tfjsLayers';
import { formOf } from '../../../src/domain/modelling/forms/registry';
import { forward } from '../../../src/domain/modelling/forward';
import type { ModelBody } from '../../../src/domain/modelling/modelManifest';
import { decide } from '../../../src/domain/modelling/threshold';
import { Refusal } from '../../../src/domain/refusal';

export interface PackageParams {
  readonly threshold: number;
  /** How the text of the imported file became values; goes into parity.json. */
  readonly parsing: Json;
}

/** Population standard deviation, NaN ignored. */
function deviation(values: Float64Array): number {
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    const step = value - mean;
    mean += step / n;
    squares += step * (value - mean);
  }
  return n === 0 ? 0 : Math.sqrt(squares / n);
}

export const packageModel: PerformOp = async (context) => {
  const { threshold, parsing } = context.params as unknown as PackageParams;
  const { database } = context;
  const artifact: Artifact<ModelBody> = context.input('model');
  const { fitted } = context.input<RecipeBody>('recipe').body;
  const table: TableArtifact = context.input('table');
  const { task } = artifact.body;
  const model = await storedModel(database, artifact);
  const pieces = new PieceWriter(context.writer);
  const files: PackageFile[] = [];
  const add = async (path: string, bytes: Uint8Array): Promise<void> => {
    files.push({ path, bytes: bytes.length, pieces: await pieces.write(bytes.slice()) });
  };
  const text = (value: Json): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
  context.progress({ phase: 'packaging', done: 0, of: 3, facts: {} });
  await add('model.safetensors', safetensorsOf(formOf(model).tensors(model), [{ key: 'task', value: task.kind }]));
  if (fitsTfjs(model)) {
    const tfjs = tfjsLayersModel(model, fitted.features.length);
    await add('tfjs/model.json', text(tfjs.modelJson));
    await add('tfjs/weights.bin', tfjs.weights);
  }

  const sample = await inputTable(database, table, fitted, parityRows(table.body.rows));
  const classes = task.kind === 'classification' ? task.classes.length : 0;
  const expected = forward(model, classes, applyRecipe(fitted, sample).x, sample.rows);
  const training = positionsOf(await partsOf(database, context.input<SplitBody>('split')), [0]);
  const truth = task.kind === 'regression' ? truthOf((await targetOf(database, table, task))!, task) : undefined;
  const targetDeviation = truth ? deviation(Float64Array.from(training, (row) => truth[row]!)) : 1;
  let parity: PackageBody['parity'] = null;
  let withheld: PackageBody['withheld'] = null;
  try {
    const onnx = onnxModel({ task, recipe: fitted, model, threshold });
    await add('model.onnx', onnx);
    context.progress({ phase: 'verifying', done: 1, of: 3, facts: {} });
    const found = await runOnnx(onnx, onnxInputs(fitted, sample), task.kind === 'classification' ? 'probabilities' : 'value');
    const verdict = comparedOutputs(expected, found, sample.rows, parityTolerance(task, targetDeviation));
    // JSON holds no infinity; an answer that cannot be compared has no difference to state.
    parity = { rows: verdict.rows, maxAbsDiff: Number.isFinite(verdict.maxAbsDiff) ? verdict.maxAbsDiff : null, tolerance: verdict.tolerance, verdict: verdict.verdict };
    const labels = task.kind === 'classification' ? decide(expected, classes, task.positive, threshold) : undefined;
    await add(
      'parity.json',
      text({ ...(parityDocument({ task, recipe: fitted, table: sample, expected, targetDeviation, threshold, parsing, ...(labels ? { labels } : {}) }) as { readonly [key: string]: Json }), checked: { runtime: 'onnxruntime-web', ...parity } }),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    withheld = { code: error.code, details: error.details };
  }
  await pieces.flush();
  const rowsInside = formOf(model).containsRows ? artifact.body.trainedOn.train : 0;
  const body: PackageBody = { files, parity, withheld, ...(rowsInside > 0 ? { rowsInside } : {}) };
  return { kind: 'made', output: { kind: 'package', schema: 1, body, chunks: pieces.chunks }, measured: { runtime: runtimeName } };
};
