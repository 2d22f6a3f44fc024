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
import { chunkOf } from '../storage/artifacts';

export interface ExportedFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value) as Uint8Array<ArrayBuffer>;

async function packagedBytes(project: OpenProject, artifact: Artifact<PackageBody>, file: PackageFile): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(file.bytes);
  let at = 0;
  for (const piece of file.pieces) {
    const bytes = await chunkOf(project.database, artifact.chunks[piece]!.hash);
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

/** The card as HTML and as Markdown. */
export async function cardFiles(project: OpenProject, version: ModelVersion): Promise<readonly ExportedFile[]> {
  const card = await modelCard(project, version);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text(cardStyle)));
  const styleHash = btoa(String.fromCharCode(...digest));
  return [
    { path: 'card.html', bytes: text(htmlOf(card, styleHash)) },
    { path: 'card.md', bytes: text(markdownOf(card)) },
  ];
}

/** The steps that lead to a model's package, with the promises it answers to. */
export async function pipelineFile(project: OpenProject, leaf: Hash): Promise<ExportedFile> {
  const { steps } = await upstream(project, leaf);
  return { path: 'pipeline.yaml', bytes: text(pipelineText(pipelineOf(steps, project.state.criteria, project.state.gate))) };
}

/** Predictions of scored rows as CSV: row key, decision, probabilities (or value). */
export async function predictionsFile(project: OpenProject, table: Hash, scores: Hash, path = 'predictions.csv'): Promise<ExportedFile> {
  const pieces: Blob[] = [];
  await predictionsOf(project.database.name, table, scores, project.state.threshold, (piece) => void pieces.push(new Blob([piece])));
  return { path, bytes: new Uint8Array(await new Blob(pieces).arrayBuffer()) };
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

/** Everything that `--out` writes, in the order in which it is made. */
export async function* exportedFiles(project: OpenProject, version: ModelVersion): AsyncGenerator<ExportedFile> {
  const { artifact } = await packageOf(project, version);
  // Packaging amends the version: the card is made from the one in force.
  const packaged = modelNumbered(project.state, version.number) ?? version;
  for (const file of artifact.body.files) yield { path: file.path, bytes: await packagedBytes(project, artifact, file) };
  yield* await cardFiles(project, packaged);
  yield await pipelineFile(project, artifact.id);
  const rows = await predictedRows(project, version, demandRun(project.state, version));
  yield await predictionsFile(project, rows.table, rows.scores);
}
