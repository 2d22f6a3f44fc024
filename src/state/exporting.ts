/** @file The files of an export, one after another: the verified package, its card, its pipeline and predictions. Nothing leaves but what the user saves. */

import { predictionsOf } from '../jobs/browsing';
import { packageOf, demandRun } from './deployment';
import { upstream } from './lineage';
import { modelCard } from './modelCard';
import type { OpenProject } from './project.svelte';
import { cardStyle, htmlOf, markdownOf } from '../domain/deployment/document';
import type { PackageBody, PackageFile } from '../domain/deployment/packageManifest';
import type { Artifact } from '../domain/pipeline/artifact';
import type { Hash } from '../domain/pipeline/digest';
import { pipelineOf, pipelineText } from '../domain/pipeline/pipelineFile';
import { modelNumbered, type ModelVersion, type Run } from '../domain/pipeline/project';
import { bytesOf } from '../storage/tables';

export interface ExportedFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What the card is called in every export. */
export const cardPaths = ['card.html', 'card.md'] as const;
/** Files that are made at the moment of saving. */
const paths = { pipeline: 'pipeline.yaml', predictions: 'predictions.csv' } as const;

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value) as Uint8Array<ArrayBuffer>;

/** The card as HTML and as Markdown. */
export async function cardFiles(project: OpenProject, version: ModelVersion): Promise<readonly ExportedFile[]> {
  const card = await modelCard(project, version);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text(cardStyle)));
  const styleHash = btoa(String.fromCharCode(...digest));
  return [
    { path: cardPaths[0], bytes: text(htmlOf(card, styleHash)) },
    { path: cardPaths[1], bytes: text(markdownOf(card)) },
  ];
}

/** The steps that lead to a model's package, with the promises it answers to. */
export async function pipelineFile(project: OpenProject, leaf: Hash): Promise<ExportedFile> {
  const { steps } = await upstream(project, leaf);
  return { path: paths.pipeline, bytes: text(pipelineText(pipelineOf(steps, project.state.criteria, project.state.gate))) };
}

/** Which rows the predictions file is about: the latest watched batch of this model, else the test rows. */
async function predictedRows(project: OpenProject, version: ModelVersion, run: Run): Promise<{ table: Hash; scores: Hash }> {
  const watch = project.state.watches.findLast((one) => one.model === version.number);
  const table = watch?.batch ?? run.table;
  const asked = watch
    ? await project.ask({ op: 'score', params: { part: 'all' }, inputs: { model: run.model, recipe: run.recipe, table } })
    : await project.ask({ op: 'score', params: { part: 'test' }, inputs: { model: run.model, table, split: run.split, recipe: run.recipe } });
  return { table, scores: asked.record.output };
}

const packagedFile = async (project: OpenProject, artifact: Artifact<PackageBody>, { path, pieces }: PackageFile): Promise<ExportedFile> => ({ path, bytes: await bytesOf(project.database, artifact, pieces) });

/** Predictions of those rows as CSV: row key, decision, probabilities (or value). */
async function predictionsFile(project: OpenProject, version: ModelVersion): Promise<ExportedFile> {
  const { table, scores } = await predictedRows(project, version, demandRun(project.state, version));
  const pieces: Blob[] = [];
  await predictionsOf(project.database.name, table, scores, project.state.threshold, (piece) => void pieces.push(new Blob([piece])));
  return { path: paths.predictions, bytes: new Uint8Array(await new Blob(pieces).arrayBuffer()) };
}

/**
 * Everything that `--out` writes, in the order in which it is made.
 * @param withRows also the files of a model that hold training rows
 */
export async function* exportedFiles(project: OpenProject, version: ModelVersion, withRows = true): AsyncGenerator<ExportedFile> {
  const { artifact } = await packageOf(project, version);
  if (withRows || artifact.body.rowsInside === undefined) for (const file of artifact.body.files) yield await packagedFile(project, artifact, file);
  // Packaging amends the version: the card is made from the one in force.
  yield* await cardFiles(project, modelNumbered(project.state, version.number) ?? version);
  yield await pipelineFile(project, artifact.id);
  yield await predictionsFile(project, version);
}

/** One file of an export: of the others, only what it rests on is made. @param path as the export names it */
export async function exportedFile(project: OpenProject, version: ModelVersion, path: string): Promise<ExportedFile> {
  if (path === paths.predictions) return predictionsFile(project, version);
  if ((cardPaths as readonly string[]).includes(path)) return (await cardFiles(project, version)).find((file) => file.path === path)!;
  const { artifact } = await packageOf(project, version);
  if (path === paths.pipeline) return pipelineFile(project, artifact.id);
  const file = artifact.body.files.find((one) => one.path === path);
  if (file === undefined) throw new TypeError(`an export has no file ${path}`);
  return packagedFile(project, artifact, file);
}
