/** @file The codecs of Parquet pages: those of hyparquet-compressors, but for one case that its LZ4 does not know. */

import { compressors } from 'hyparquet-compressors';

type Decompress = NonNullable<(typeof compressors)['LZ4_RAW']>;

/** Of nothing, as the dictionary of a column without a value, LZ4 makes one byte: a sequence of no literals. The library looks for a match after it. */
const orNothing =
  (decompress: Decompress): Decompress =>
  (input, length) =>
    length === 0 ? new Uint8Array(0) : decompress(input, length);

export const parquetCodecs: typeof compressors = { ...compressors, LZ4: orNothing(compressors.LZ4!), LZ4_RAW: orNothing(compressors.LZ4_RAW!) };
