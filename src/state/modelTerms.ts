/** @file The terms of an additive model with what its features are called, for a run's page. Reads the model's numbers. */

import type { OpenProject } from './project.svelte';
import type { RecipeBody } from '../domain/data/recipeManifest';
import { learntModel, type ModelBody } from '../domain/modelling/modelManifest';
import { termShapes, type TermShape } from '../domain/modelling/termShapes';
import type { Run } from '../domain/pipeline/project';
import { bytesOf } from '../storage/tables';

export interface TermFeature {
  readonly name: string;
  /** Words of the codes, where the feature holds codes of categories. */
  readonly categories: readonly string[] | null;
}

export interface ModelTerms {
  readonly terms: readonly TermShape[];
  readonly features: readonly TermFeature[];
  /** Number of models whose mean the terms are. */
  readonly bags: number;
}

/** The terms, the most important first; null for a model of another form. */
export async function modelTerms(project: Pick<OpenProject, 'database' | 'artifact'>, run: Pick<Run, 'model' | 'recipe'>): Promise<ModelTerms | null> {
  const artifact = await project.artifact<ModelBody>(run.model);
  if (artifact.body.form !== 'additive') return null;
  const model = learntModel(artifact.body, await bytesOf(project.database, artifact, artifact.body.pieces));
  if (model.form !== 'additive') return null;
  const { fitted } = (await project.artifact<RecipeBody>(run.recipe)).body;
  const features = fitted.features.map(({ name, column, categories }): TermFeature => ({ name, categories: categories === undefined ? null : wordsOf(fitted, column) }));
  return { terms: termShapes(model), features, bags: model.bags };
}

/** The categories that the codes of a column stand for, in their order. */
function wordsOf({ entries }: RecipeBody['fitted'], column: string): readonly string[] | null {
  for (const entry of entries) {
    const step = entry.column === column ? entry.steps.find(({ transformer }) => transformer === 'codes') : undefined;
    if (step) return (step.state as { readonly categories: readonly string[] }).categories;
  }
  return null;
}
