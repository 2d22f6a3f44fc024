/** @file The files of a model version, one by one or as one zip, handed to the browser to keep. */

import { Zip, ZipDeflate } from 'fflate';
import { cardFiles, exportedFiles, type ExportedFile } from './exporting';
import type { OpenProject } from './project.svelte';
import { saveBlob } from './rows';
import type { ModelVersion } from '../domain/pipeline/project';

/** What the card is called in every export. */
export const cardPaths = ['card.html', 'card.md'] as const;

const mediaTypes: readonly (readonly [string, string])[] = [
  ['.json', 'application/json'],
  ['.html', 'text/html'],
  ['.md', 'text/markdown'],
  ['.csv', 'text/csv'],
  ['.yaml', 'application/yaml'],
];
const mediaType = (path: string): string => mediaTypes.find(([end]) => path.endsWith(end))?.[1] ?? 'application/octet-stream';

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const save = (file: ExportedFile): void => saveBlob(new Blob([file.bytes], { type: mediaType(file.path) }), nameIn(file.path));

/**
 * Saves one file of an export. Files are made in the export's order, so those that come late wait for those before them.
 * @param path as the export names it
 */
export async function saveExported(project: OpenProject, version: ModelVersion, path: string): Promise<void> {
  if ((cardPaths as readonly string[]).includes(path)) {
    const card = (await cardFiles(project, version)).find((file) => file.path === path);
    return save(card!);
  }
  for await (const file of exportedFiles(project, version)) if (file.path === path) return save(file);
  throw new TypeError(`an export has no file ${path}`);
}

/** One zip of files, compressed piece by piece as they come. */
export async function zipOf(files: AsyncIterable<ExportedFile>, told: (path: string) => void = () => undefined): Promise<Blob> {
  const pieces: Blob[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, piece) => {
    if (error) failure = error;
    // Each piece becomes a Blob at once, so that the browser and not the page holds it.
    else pieces.push(new Blob([piece as Uint8Array<ArrayBuffer>]));
  });
  for await (const { path, bytes } of files) {
    told(path);
    const entry = new ZipDeflate(path, { level: 6 });
    zip.add(entry);
    entry.push(bytes, true);
    if (failure !== null) throw failure;
  }
  zip.end();
  if (failure !== null) throw failure;
  return new Blob(pieces, { type: 'application/zip' });
}

/** Saves everything about a model version as one zip. @param told the path that is being added */
export async function saveEverything(project: OpenProject, version: ModelVersion, told?: (path: string) => void): Promise<void> {
  saveBlob(await zipOf(exportedFiles(project, version), told), `model-${version.number}.zip`);
  await project.remark('exported', { model: version.number });
}
