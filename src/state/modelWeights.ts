/** @file The weights of a linear model with their standard errors and units, for a run's page. Reads the model's numbers only where its facts have no table. */

import { bytesOf } from '../storage/tables';
import type { OpenProject } from './project.svelte';
import type { FittedEntry, FittedRecipe } from '../domain/data/recipe/recipeSpec';
import type { RecipeBody } from '../domain/data/recipeManifest';
import { coefficientsOf, type Coefficients, type CoefficientTable } from '../domain/modelling/coefficients';
import { z95 } from '../domain/modelling/interval';
import { t975 } from '../domain/modelling/tQuantile';
import { learntModel, type FirstModelBody, type ModelBody } from '../domain/modelling/modelManifest';
import type { Task } from '../domain/modelling/task';
import type { Run } from '../domain/pipeline/project';

/** What a feature is: a number made of a column, one of its categories ('' is missing), or the mark that the column was missing. */
export type WeightFeature =
  | { readonly kind: 'number'; readonly name: string }
  | { readonly kind: 'category'; readonly column: string; readonly category: string }
  | { readonly kind: 'missing'; readonly name: string };

/**
 * What one more of a feature means. `own`: 1 of the column. `deviation`, `quartiles`: `size` of the column, by which it was divided. `ranks`: from
 * the lowest rank to the highest. `indicator`: yes instead of no. `other`: steps after one another that no single word says.
 */
export type WeightUnit = { readonly kind: 'own' | 'ranks' | 'indicator' | 'other' } | { readonly kind: 'deviation' | 'quartiles'; readonly size: number };

export interface Figures {
  readonly estimate: number;
  /** With the test statistic, its two-sided p and the 95 % interval; null where there are no standard errors. */
  readonly inference: { readonly error: number; readonly value: number; readonly p: number; readonly low: number; readonly high: number } | null;
}

export interface Weight extends Figures {
  /** Which feature, from 0. */
  readonly index: number;
  readonly feature: WeightFeature;
  readonly unit: WeightUnit;
}

export interface WeightTable {
  /** The class that the weights speak for and the one against it; null for numbers, whose prediction they add to. */
  readonly classes: readonly [string, string] | null;
  /** The strongest first: by the statistic, or by the weight where there is none. */
  readonly weights: readonly Weight[];
  readonly constant: Figures;
}

export interface ModelWeights {
  readonly statistic: CoefficientTable['statistic'] | null;
  /** Why there are no standard errors: of `reasonsWithoutErrors`, or `notKept` for a model that was learnt before there were any. Null where there are. */
  readonly reason: string | null;
  /** One, or one for each class from the third on beside it, all against the first class. */
  readonly tables: readonly WeightTable[];
}

/** The weights; null for a model that is not linear in its features. */
export async function modelWeights(project: Pick<OpenProject, 'database' | 'artifact'>, run: Pick<Run, 'model' | 'recipe'>): Promise<ModelWeights | null> {
  const artifact = await project.artifact<ModelBody | FirstModelBody>(run.model);
  const { body } = artifact;
  const told = coefficientsOf(body);
  const { features } = body;
  const { fitted } = (await project.artifact<RecipeBody>(run.recipe)).body;
  const known = weightFeatures(fitted);
  const tableOf = (figures: readonly Figures[], index: number): WeightTable => {
    const strength = ({ estimate, inference }: Figures): number => Math.abs(inference ? inference.value : estimate);
    const weights = features.map(({ name }, at): Weight => ({ index: at, feature: { kind: 'number', name }, unit: { kind: 'other' }, ...known[at], ...figures[at]! }));
    return { classes: contrastOf(body.task, index), weights: weights.sort((a, b) => strength(b) - strength(a) || a.index - b.index), constant: figures[features.length]! };
  };
  if (typeof told === 'object') {
    const lists = told.statistic === 't' ? [told] : told.classes;
    const width = told.statistic === 't' ? t975(told.freedom) : z95;
    return { statistic: told.statistic, reason: null, tables: lists.map((list, index) => tableOf(figuresOf(list, width), index)) };
  }
  const model = learntModel(body, await bytesOf(project.database, artifact, 'pieces' in body ? body.pieces : artifact.chunks.map((_, index) => index)));
  if (model.form !== 'layers' || model.layers.length !== 1 || model.layers[0]!.inputs !== features.length) return null;
  const { weights, bias, outputs } = model.layers[0]!;
  const at = (row: number, k: number): number => (row < features.length ? weights[row * outputs + k]! : bias[k]!);
  const contrasts = Array.from({ length: Math.max(1, outputs - 1) }, (_, index) =>
    Array.from({ length: features.length + 1 }, (_, row): Figures => ({ estimate: outputs === 1 ? at(row, 0) : at(row, index + 1) - at(row, 0), inference: null })),
  );
  return { statistic: null, reason: told ?? 'notKept', tables: contrasts.map(tableOf) };
}

const contrastOf = (task: Task, index: number): readonly [string, string] | null => (task.kind === 'regression' ? null : [task.classes[index + 1]!, task.classes[0]!]);

const figuresOf = ({ estimate, error, value, p }: Coefficients, width: number): Figures[] =>
  estimate.map((middle, at) => ({ estimate: middle, inference: { error: error[at]!, value: value[at]!, p: p[at]!, low: middle - width * error[at]!, high: middle + width * error[at]! } }));

type Known = Pick<Weight, 'feature' | 'unit'>;

/** Name and unit of each feature, in order; undefined where several entries make features of one column. */
export function weightFeatures({ entries, features }: FittedRecipe): readonly (Known | undefined)[] {
  const counts = new Map<string, number>();
  return features.map(({ name, column }) => {
    const part = counts.get(column) ?? 0;
    counts.set(column, part + 1);
    const own = entries.filter((entry) => entry.column === column);
    return own.length === 1 ? knownPart(own[0]!, part, name) : undefined;
  });
}

const scalers: Readonly<Record<string, 'deviation' | 'quartiles' | 'ranks'>> = { scaleStandard: 'deviation', scaleRobust: 'quartiles', scaleQuantile: 'ranks' };

function knownPart({ column, steps }: FittedEntry, part: number, name: string): Known {
  const last = steps.at(-1);
  if (last?.transformer === 'oneHot') return { feature: { kind: 'category', column, category: (last.state as { readonly categories: readonly string[] }).categories[part]! }, unit: { kind: 'indicator' } };
  if (name.endsWith('.missing') && steps.some(({ params }) => params['indicator'] === true)) return { feature: { kind: 'missing', name: name.slice(0, -'.missing'.length) }, unit: { kind: 'indicator' } };
  const feature = { kind: 'number', name } as const;
  const scaling = steps.filter(({ transformer }) => transformer in scalers);
  if (scaling.length === 0) return { feature, unit: { kind: 'own' } };
  const kind = scalers[scaling[0]!.transformer]!;
  if (scaling.length > 1) return { feature, unit: { kind: 'other' } };
  if (kind === 'ranks') return { feature, unit: { kind } };
  return { feature, unit: { kind, size: (scaling[0]!.state as { readonly scales: readonly number[] }).scales[part]! } };
}
