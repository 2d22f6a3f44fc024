import { describe, expect, it } from 'vitest';
import { artifactId, type Manifest } from '../../../src/domain/pipeline/artifact';
import { hashOfBytes } from '../../../src/domain/pipeline/digest';
import { emptyState } from '../../../src/domain/pipeline/project';
import { joinedBytes } from '../../../src/domain/joinedBytes';
import { opNamed } from '../../../src/domain/pipeline/ops';
import { stepKey, type StepRecord, type StepRequest } from '../../../src/domain/pipeline/step';
import { artifactOf, chunkOf, ChunkWriter, keepArtifact, keepStep, keptStep, stepsMaking, stepsUsing } from '../../../src/storage/artifacts';
import { faultsIn } from '../../../src/storage/check';
import { checkpointOf, keepCheckpoint } from '../../../src/storage/checkpoints';
import { collect, remains, removeProject } from '../../../src/storage/collect';
import { bury } from '../../../src/storage/tombstones';
import type { Database, Pen } from '../../../src/storage/database';
import { moveForGood, moveTo, takePen } from '../../../src/storage/projects';
import { restoreBackup, verifyBackup, writeBackup } from '../../../src/storage/backup';
import { failingAt, freshStore } from './memoryStore';

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

/** A small table artifact made by a step from a source. */
async function made(database: Database, pen: Pen, text: string): Promise<{ step: StepRecord; output: Manifest<unknown> }> {
  const source = await keepArtifact(database, pen, { kind: 'source', schema: 1, body: { sha256: await hashOfBytes(bytes(text)), bytes: text.length }, chunks: [] });
  const writer = new ChunkWriter(database, pen);
  const refs = [await writer.write(bytes(`one of ${text}`)), await writer.write(bytes(`two of ${text}`)), await writer.write(bytes('shared'))];
  await writer.flush();
  const output: Manifest<unknown> = { kind: 'table', schema: 1, body: { rows: 1 }, chunks: refs };
  const request: StepRequest = { op: 'import', params: { text }, inputs: { source } };
  const step: StepRecord = { ...request, version: opNamed(request.op).version, key: await stepKey(request), output: await artifactId(output) };
  await keepStep(database, pen, step, output);
  return { step, output };
}

/** Makes the project's state name the step's output. */
const name = (database: Database, pen: Pen, step: StepRecord) =>
  moveTo(database, pen, 5_000, 'imported', {}, { ...emptyState, versions: [{ number: 1, table: step.output, rows: 1, message: '', parent: null, line: 1 }], inHand: 1 });

describe('artifacts', () => {
  it('come back as they were written, and are found by what made and what used them', async () => {
    const { database, pen } = await freshStore();
    const { step, output } = await made(database, pen, 'a');
    expect(await artifactOf(database, step.output)).toEqual({ id: step.output, ...output });
    expect(new TextDecoder().decode(await chunkOf(database, output.chunks[0]!.hash))).toBe('one of a');
    expect((await keptStep(database, step.key))?.output).toBe(step.output);
    expect((await stepsMaking(database, step.output)).map((found) => found.key)).toEqual([step.key]);
    expect((await stepsUsing(database, step.inputs.source!)).map((found) => found.key)).toEqual([step.key]);
  });

  it('are not a cache hit any more when one of their chunks is gone', async () => {
    const { database, pen } = await freshStore();
    const { step, output } = await made(database, pen, 'a');
    await (await database.connection()).delete('chunks', output.chunks[1]!.hash);
    expect(await keptStep(database, step.key)).toBeUndefined();
  });

  it('are kept whole or not at all, at whichever write the store fails', async () => {
    for (let n = 1; ; n++) {
      const { database, pen } = await freshStore();
      const { reached } = await failingAt(n, new DOMException('planted', 'QuotaExceededError'), () => made(database, pen, 'a'));
      const db = await database.connection();
      const steps = await db.getAll('steps');
      if (!reached) {
        expect(steps).toHaveLength(1);
        break;
      }
      expect(steps).toHaveLength(0);
      expect(await faultsIn(database, 'full')).toEqual([]);
    }
  });
});

describe('the collector', () => {
  it('removes what nothing leads to and nothing else', async () => {
    const { database, pen } = await freshStore();
    const kept = await made(database, pen, 'kept');
    const loose = await made(database, pen, 'loose');
    await name(database, pen, kept.step);
    const collected = await collect(database);
    expect(collected).toEqual({ chunks: 2, bytes: 2 * 'one of loose'.length, artifacts: 2, steps: 1 });
    expect(await keptStep(database, kept.step.key)).toBeDefined();
    expect(await keptStep(database, loose.step.key)).toBeUndefined();
    expect(await faultsIn(database, 'full')).toEqual([]);
  });

  it('removes a version for good, leaves a tombstone, and keeps chunks that another version names', async () => {
    const { database, pen } = await freshStore();
    const one = await made(database, pen, 'one');
    const two = await made(database, pen, 'two');
    const version = (number: number, step: StepRecord) => ({ number, table: step.output, rows: 1, message: '', parent: null, line: 1 });
    await moveTo(database, pen, 5_000, 'imported', {}, { ...emptyState, versions: [version(1, one.step), version(2, two.step)], inHand: 2 });
    await moveForGood(database, pen, 5_500, 'deletedForGood', {}, { ...emptyState, versions: [version(2, two.step)], inHand: 2 });
    await bury(database, pen, [one.step.output], 'version', 6_000);
    await collect(database);
    expect(await remains(database, [one.step.output], one.output.chunks.slice(0, 2).map((chunk) => chunk.hash))).toEqual([]);
    expect(await remains(database, [two.step.output], two.output.chunks.map((chunk) => chunk.hash))).toHaveLength(4);
    expect(await faultsIn(database, 'full')).toEqual([]);
  });

  it('leaves nothing of a project that was removed', async () => {
    const { database, pen } = await freshStore();
    const { step, output } = await made(database, pen, 'a');
    await name(database, pen, step);
    await removeProject(database, pen, 9_000);
    await collect(database);
    expect(await remains(database, [step.output], output.chunks.map((chunk) => chunk.hash))).toEqual([]);
    expect(await (await database.connection()).count('steps')).toBe(0);
  });
});

describe('checkpoints', () => {
  it('alternate between two slots, so that a failed write leaves the one before', async () => {
    const { database, pen } = await freshStore();
    const step = await hashOfBytes(bytes('step'));
    await keepCheckpoint(database, pen, step, bytes('first'));
    await keepCheckpoint(database, pen, step, bytes('second'));
    await failingAt(1, new DOMException('planted', 'QuotaExceededError'), () => keepCheckpoint(database, pen, step, bytes('third')));
    expect(new TextDecoder().decode(await checkpointOf(database, step))).toBe('second');
    await keepCheckpoint(database, pen, step, bytes('fourth'));
    expect(new TextDecoder().decode(await checkpointOf(database, step))).toBe('fourth');
    expect(await (await database.connection()).count('checkpoints')).toBe(2);
  });
});

async function backupOf(database: Database, project: `project:${string}`): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  await writeBackup(database, project, '0.1.0', 7_000, (piece) => void pieces.push(piece.slice()));
  return joinedBytes(pieces);
}

describe('a backup', () => {
  it('is restored as a project with the same state, log and artifacts', async () => {
    const { database, pen, project } = await freshStore();
    const { step, output } = await made(database, pen, 'a');
    await name(database, pen, step);
    const zip = await backupOf(database, project);
    const other = await freshStore();
    await restoreBackup(other.database, new Blob([zip]), 'project:restored', 8_000);
    expect((await keptStep(other.database, step.key))?.output).toBe(step.output);
    expect(new TextDecoder().decode(await chunkOf(other.database, output.chunks[0]!.hash))).toBe('one of a');
    const copyPen = await takePen(other.database, 'project:restored');
    expect((await moveTo(other.database, copyPen, 9_000, 'questionChanged', {}, emptyState)).head.undo).toHaveLength(2);
    expect(await faultsIn(other.database, 'full')).toEqual([]);
  });

  it('is refused, and leaves no project, when it is cut off or altered anywhere', async () => {
    const { database, pen, project } = await freshStore();
    const { step } = await made(database, pen, 'a');
    await name(database, pen, step);
    const zip = await backupOf(database, project);
    await verifyBackup(new Blob([zip]));
    const other = await freshStore();
    const codes = new Set<string>();
    const contentEnd = lastContentByte(zip);
    // The last 16 bytes before the directory repeat a size and a checksum: without them every entry is there and verified.
    for (let at = 0; at < contentEnd - 16; at += 37) {
      const cut = zip.slice(0, at);
      const outcome = await restoreBackup(other.database, new Blob([cut]), 'project:cut', 8_000).catch((error: unknown) => error);
      codes.add((outcome as { code?: string }).code ?? 'restored');
    }
    for (let at = 0; at < contentEnd; at += 11) {
      const altered = zip.slice();
      altered[at] = altered[at]! ^ 0x55;
      const outcome = await restoreBackup(other.database, new Blob([altered]), `project:bad-${at}`, 8_000).catch((error: unknown) => error);
      const code = (outcome as { code?: string }).code;
      // Bytes of a header that carry no meaning (dates, flags of the writer) may change without harm; content may not.
      if (code === undefined) expect((outcome as { sequence: number }).sequence).toBeGreaterThan(0);
      else codes.add(code);
    }
    expect([...codes].sort()).toEqual(['backupDamaged', 'backupTruncated', 'notABackup']);
    expect(await faultsIn(other.database, 'full')).toEqual([]);
  }, 60_000);
});

/** Where the central directory begins: what lies after it repeats the names. */
function lastContentByte(zip: Uint8Array): number {
  for (let at = 0; at < zip.length - 4; at++) if (zip[at] === 0x50 && zip[at + 1] === 0x4b && zip[at + 2] === 1 && zip[at + 3] === 2) return at;
  return zip.length;
}
