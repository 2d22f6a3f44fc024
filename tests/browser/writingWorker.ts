/** @file A worker that writes to a project without pause, tells what it was promised, and waits to be killed. For tests only. */

import { emptyState } from '../../src/domain/pipeline/project';
import { artifactId, type Manifest } from '../../src/domain/pipeline/artifact';
import { hashOfText, type Hash } from '../../src/domain/pipeline/digest';
import { stepKey, type StepRequest } from '../../src/domain/pipeline/step';
import { seeded } from '../../src/domain/random';
import { ChunkWriter, keepArtifact, keepStep } from '../../src/storage/artifacts';
import { keepCheckpoint } from '../../src/storage/checkpoints';
import { Database, type Pen } from '../../src/storage/database';
import { moveTo } from '../../src/storage/projects';

/** What the page hears. `moved` and `saved` are promises that were kept before they were told. */
export type Told = { readonly kind: 'writing' } | { readonly kind: 'moved'; readonly sequence: number; readonly table: Hash } | { readonly kind: 'saved'; readonly count: number };

export interface Order {
  readonly database: string;
  readonly pen: Pen;
  readonly seed: number;
}

export const checkpointKey: Promise<Hash> = hashOfText('the step whose checkpoints are written');

async function write({ database: name, pen, seed }: Order): Promise<void> {
  const tell = (told: Told): void => self.postMessage(told);
  const database = new Database(name);
  const random = seeded(seed);
  const bytes = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: size }, () => Math.floor(256 * random.next()));
  const key = await checkpointKey;
  await database.connection();
  tell({ kind: 'writing' });
  for (let count = 1; ; count++) {
    const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { sha256: await hashOfText(`${seed} ${count}`), bytes: count }, chunks: [] });
    const writer = new ChunkWriter(database, pen);
    const chunks = [];
    for (let i = 0; i < 3; i++) chunks.push(await writer.write(bytes(1_000 + Math.floor(20_000 * random.next()))));
    await writer.flush();
    const output: Manifest<unknown> = { kind: 'table', schema: 1, body: { rows: count }, chunks };
    const request: StepRequest = { op: 'import', params: { seed, count }, inputs: { source } };
    const table = await artifactId(output);
    await keepStep(database, pen, { ...request, version: 1, key: await stepKey(request), output: table }, output);
    await keepCheckpoint(database, pen, key, new TextEncoder().encode(`${seed} ${count}`), [source]);
    tell({ kind: 'saved', count });
    const { head } = await moveTo(database, pen, count, 'versionMade', { table }, { ...emptyState, versions: [{ number: count, table, rows: count, message: '', parent: null, line: 1 }], inHand: count });
    tell({ kind: 'moved', sequence: head.sequence, table });
  }
}

// Imported for its types and its key, this file is no worker.
if (typeof document === 'undefined') self.onmessage = ({ data }: MessageEvent<Order>) => void write(data).catch((error: unknown) => reportError(error));

