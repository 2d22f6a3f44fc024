/** @file A whole model as one ONNX file: raw columns in, recipe, model, then labels and probabilities or a value out. */

import type { FittedEntry, FittedRecipe } from '../../data/recipe/recipeSpec';
import { transformers as builtIn } from '../../data/recipe/registry';
import type { Transformer } from '../../data/recipe/transformer';
import type { LearntModel } from '../../modelling/forms/learntModel';
import type { Task } from '../../modelling/task';
import { Refusal } from '../../refusal';
import { GraphBuilder, type GraphValue } from './graph';
import { graphInputs, type GraphInput } from './graphInputs';
import { onnxFormOf } from './forms/registry';

export interface OnnxModelInput {
  readonly task: Task;
  readonly recipe: FittedRecipe;
  readonly model: LearntModel;
  /** Two classes: the positive class is the label from this probability on. By default 0.5. */
  readonly threshold?: number;
}

const elementTypeOf = { float32: 'float', string: 'string', int64: 'int64' } as const;

/**
 * The bytes of an ONNX model. Inputs: one [N, 1] for each column that the recipe reads, named `in0`, `in1`, …; which column
 * and which missing mark each takes stands in its description and in the metadata `inputs`.
 * Outputs: `label` string [N] and `probabilities` float32 [N, K], or `value` float32 [N, 1]. The label is the positive class
 * (without one, the second) where its probability reaches the threshold; with more than two classes the first of the most probable.
 * @throws Refusal `exportStepHasNoOnnx` {step, column}, `exportNeedsInput` {} when there is no input column or no feature.
 */
export function onnxModel(input: OnnxModelInput, transformers: readonly Transformer[] = builtIn): Uint8Array {
  const { task, recipe, model } = input;
  const inputs = graphInputs(recipe);
  const graph = new GraphBuilder();
  const values = new Map(inputs.map((one) => [one.column, declared(graph, one)]));
  const [first] = inputs;
  if (!first) throw new Refusal('exportNeedsInput');
  const form = onnxFormOf(model);
  const classes = task.kind === 'classification' ? task.classes.length : 0;
  const answer = form.emit(graph, model, form.needsFeatures(model) ? featuresOf(graph, recipe, values, transformers) : first.name, classes);
  const notes = [{ key: 'inputs', value: JSON.stringify(inputs) }];
  if (task.kind === 'regression') {
    graph.node('Identity', [answer.name], {}, '', 'value');
    graph.output('value', 'float', ['N', 1]);
    return graph.finish([...notes, { key: 'target', value: task.target }]);
  }
  const threshold = input.threshold ?? 0.5;
  if (answer.width === 1 && classes === 2) graph.node('Concat', [graph.node('Sub', [graph.floats([1], [1, 1]), answer.name]), answer.name], { axis: 1 }, '', 'probabilities');
  else graph.node('Identity', [answer.name], {}, '', 'probabilities');
  graph.output('label', 'string', ['N']);
  graph.output('probabilities', 'float', ['N', task.classes.length]);
  labelled(graph, task.classes, task.positive ?? 1, threshold);
  return graph.finish([
    ...notes,
    { key: 'target', value: task.target },
    { key: 'classes', value: JSON.stringify(task.classes) },
    { key: 'threshold', value: String(threshold) },
  ]);
}

const emitterOf = (name: string, transformers: readonly Transformer[]): Transformer | undefined =>
  transformers.find((one) => one.name === name && one.onnx === 'inside' && one.emit);

function declared(graph: GraphBuilder, input: GraphInput): GraphValue {
  const missing = { float32: 'NaN is missing', string: "'' is missing", int64: 'seconds since 1970 UTC, the smallest int64 is missing' }[input.inputType];
  const name = graph.input(input.name, elementTypeOf[input.inputType], ['N', 1], `${input.column} (${input.type}): ${missing}`);
  if (input.inputType === 'float32') return { kind: 'numbers', name, width: 1 };
  return input.inputType === 'string' ? { kind: 'words', name, missing: true } : { kind: 'instants', name };
}

function featuresOf(graph: GraphBuilder, recipe: FittedRecipe, values: ReadonlyMap<string, GraphValue>, transformers: readonly Transformer[]): string {
  const blocks = recipe.entries.map((entry) => featureBlock(graph, entry, values.get(entry.column)!, transformers)).filter(({ width }) => width > 0);
  const [only] = blocks;
  if (!only) throw new Refusal('exportNeedsInput');
  return blocks.length === 1
    ? only.name
    : graph.node(
        'Concat',
        blocks.map(({ name }) => name),
        { axis: 1 },
      );
}

function featureBlock(
  graph: GraphBuilder,
  entry: FittedEntry,
  entering: GraphValue,
  transformers: readonly Transformer[],
): { readonly name: string; readonly width: number } {
  let value = entering;
  for (const step of entry.steps) {
    const transformer = emitterOf(step.transformer, transformers);
    if (!transformer?.emit) throw new Refusal('exportStepHasNoOnnx', { step: step.transformer, column: entry.column });
    value = transformer.emit(graph, step.state, value);
  }
  if (value.kind !== 'numbers') throw new TypeError(`the steps of ${entry.column} end in ${value.kind}`);
  return value;
}

function labelled(graph: GraphBuilder, classes: readonly string[], positive: number, threshold: number): void {
  let index: string;
  if (classes.length === 2) {
    const score = graph.node('Gather', ['probabilities', graph.integers([positive], [1])], { axis: 1 });
    const isPositive = graph.node('GreaterOrEqual', [score, graph.floats([threshold], [1, 1])]);
    const chosen = graph.node('Where', [isPositive, graph.integers([positive], [1, 1]), graph.integers([1 - positive], [1, 1])]);
    index = graph.node('Squeeze', [chosen, graph.integers([1], [1])]);
  } else {
    index = graph.node('ArgMax', ['probabilities'], { axis: 1, keepdims: 0, select_last_index: 0 });
  }
  graph.node('LabelEncoder', [index], { keys_int64s: classes.map((_, at) => at), values_strings: [...classes] }, 'ai.onnx.ml', 'label');
}
