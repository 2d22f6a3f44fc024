/** @file What the data worker promises beyond performing steps: it looks at files that are not imported yet. */

import type { StepApi, SourceApi } from '../steps/api';
import type { ImportOptions, ImportPreview } from '../../src/domain/data/import/importer';
import type { RefusalValue } from '../../src/domain/refusal';

export type Preview = { readonly kind: 'preview'; readonly preview: ImportPreview } | { readonly kind: 'refused'; readonly refusal: RefusalValue };

export interface DataApi extends StepApi, SourceApi {
  /** What the file looks like, under the options given; absent ones are detected. */
  preview(file: Blob, name: string, options: Partial<ImportOptions>): Promise<Preview>;
}
