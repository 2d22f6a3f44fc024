/** @file What the data worker does: steps of the data stage, and looking at files that are not imported yet. */

import type { DataApi, Preview } from './api';
import { append } from './ops/append';
import { correct } from './ops/correct';
import { diff } from './ops/diff';
import { edit } from './ops/edit';
import { importSource } from './ops/import';
import { profile } from './ops/profile';
import { recipe } from './ops/recipe';
import { split } from './ops/split';
import { sourceHash } from './sourceHash';
import { detectOptions, isComplete } from './import/detectOptions';
import { previewOf } from './import/previewOf';
import { Performer } from '../steps/performer';
import type { ImportOptions } from '../../src/domain/data/import/importer';
import type { Hash } from '../../src/domain/pipeline/digest';
import { asValue, Refusal } from '../../src/domain/refusal';

export class DataWorker extends Performer implements DataApi {
  constructor() {
    super(
      new Map([
        ['import', importSource],
        ['edit', edit],
        ['append', append],
        ['correct', correct],
        ['profile', profile],
        ['diff', diff],
        ['split', split],
        ['recipe', recipe],
      ]),
    );
  }

  sourceHash(file: Blob, progress: (done: number, of: number) => void): Promise<Hash> {
    return sourceHash(file, progress);
  }

  async preview(file: Blob, name: string, options: Partial<ImportOptions>): Promise<Preview> {
    try {
      const complete = isComplete(options) ? options : { ...(await detectOptions(file, name)), ...options };
      return { kind: 'preview', preview: await previewOf(file, name, complete) };
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', refusal: asValue(error) };
      throw error;
    }
  }
}
