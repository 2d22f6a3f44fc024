/** @file The files of a model version, one by one or as one zip, handed to the browser to keep. */

import { Zip, ZipDeflate } from 'fflate';
import { exportedFile, exportedFiles, type ExportedFile } from './exporting';
import type { OpenProject } from './project.svelte';
import { saveBlob } from './rows';
import type { ModelVersion } from '../domain/pipeline/project';

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

/** Saves one file of an export. @param path as the export names it */
export const saveExported = async (project: OpenProject, version: ModelVersion, path: string): Promise<void> => save(await exportedFile(project, version, path));

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
