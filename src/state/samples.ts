/** @file The files of the samples, from this page's own address: they are part of the app and stored with it. */

import { Problem } from './problem';

/** A sample's file. @param path relative to the app's address @throws Problem sampleMissing {path} when it is neither stored nor to be had */
export async function sampleFile(path: string): Promise<Blob> {
  const response = await fetch(new URL(path, document.baseURI)).catch(() => undefined);
  if (!response?.ok) throw new Problem({ code: 'sampleMissing', details: { path } });
  return response.blob();
}
